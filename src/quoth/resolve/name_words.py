"""Words that tell names apart: titles, heads of organisations, places, common openings.

- Tables only. English entries are lower case unless the case matters.

Example::

    "ministry" in ORG_HEADS   # True
"""

__all__ = [
    "BODY_ENDS",
    "CONNECTORS",
    "DEMONYMS",
    "DOCUMENT_HEADS",
    "FUNCTION",
    "GIVEN",
    "HONORIFICS",
    "NEVER",
    "OFFICE_HEADS",
    "OPENERS",
    "ORG_HEADS",
    "PAPER_HEADS",
    "PARTICLES",
    "PINYIN_SURNAMES",
    "PLACES",
    "PLACE_HEADS",
    "ROLE_HEADS",
    "SPEECH",
]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


HONORIFICS = _set(
    "mr mrs ms miss mx dr prof professor sir dame lord lady madam madame rev reverend father sister brother rabbi "
    "imam sheikh hon mme mlle herr frau señor senor señora monsieur st"
)
OFFICE_HEADS = _set(
    "president premier chancellor minister secretary chief head chairman chairwoman chairperson chair director "
    "governor mayor commissioner commander judge justice magistrate general colonel captain major lieutenant "
    "sergeant admiral marshal inspector superintendent ambassador consul senator congressman congresswoman "
    "representative deputy delegate speaker ombudsman prosecutor treasurer commissar dean rector provost warden "
    "sheriff king queen prince princess emperor pope cardinal archbishop bishop harbourmaster spokesman "
    "spokeswoman spokesperson clerk registrar principal envoy officer leader counsellor attorney-general coroner "
    "auditor president-elect member"
)
ROLE_HEADS = _set(
    "lawyer journalist reporter researcher investigator analyst expert doctor surgeon nurse engineer activist "
    "author writer editor historian professor economist scientist photographer teacher student driver witness "
    "resident farmer interpreter translator accountant solicitor barrister advocate campaigner organiser "
    "organizer founder columnist correspondent producer sailor docker skipper"
)
"""Occupations: no office is held."""

ORG_HEADS = _set(
    "ministry department committee commission council party bureau organization organisation agency authority "
    "office university college institute institution academy school hospital clinic court tribunal parliament "
    "senate congress assembly house embassy consulate legation mission union association society foundation fund "
    "federation league alliance coalition front movement group company corporation corp inc ltd plc llc gmbh bank "
    "press network centre center board service services police army navy force forces guard administration "
    "secretariat directorate politburo cabinet chamber church mosque watch project register registry museum "
    "library laboratory brigade regiment battalion division command corps club trust partnership partners "
    "brothers holdings group's industries airlines telecom telephone telegraph railways lines exchange kremlin "
    "pentagon inspectorate images media pictures authorities prosecutor's"
)
PAPER_HEADS = _set(
    "times ledger post herald tribune gazette chronicle courier standard observer guardian mirror telegraph "
    "journal news express examiner inquirer bulletin dispatch sentinel record review daily weekly wire echo argus "
    "mail globe monitor independent broadcasting radio television agence"
)
DOCUMENT_HEADS = _set(
    "report act law treaty convention award prize code charter constitution resolution bill agreement protocol "
    "accord declaration statement letter day war revolution summit conference games cup festival election "
    "elections practices rights affairs olympics edition volume chapter article section feed timeline events"
)
BODY_ENDS = _set(
    "affairs rights security relations justice trade health finance education defence defense intelligence "
    "oversight roads commerce labor labour interior transport transportation commissions operations services "
    "budget ethics"
)
"""Words that end an organisation's name, so that capitals after them begin another name."""

PLACE_HEADS = _set(
    "province island islands city county district street road avenue square river lake sea ocean bay mountain "
    "mountains valley peninsula region state states republic kingdom village town airport station port harbour "
    "harbor quay bridge park desert coast gulf strait canal prefecture township municipality building tower hotel "
    "hall pier"
)
PLACES = _set(
    "africa america asia europe oceania antarctica afghanistan albania algeria angola argentina armenia australia "
    "austria azerbaijan bahrain bangladesh belarus belgium benin bolivia bosnia botswana brazil britain bulgaria "
    "burma burundi cambodia cameroon canada chad chile china colombia congo croatia cuba cyprus denmark ecuador "
    "egypt england eritrea estonia ethiopia finland france gabon gambia georgia germany ghana greece guatemala "
    "guinea guyana haiti honduras hungary iceland india indonesia iran iraq ireland israel italy jamaica japan "
    "jordan kazakhstan kenya korea kosovo kuwait kyrgyzstan laos latvia lebanon lesotho liberia libya lithuania "
    "luxembourg madagascar malawi malaysia mali malta mauritania mexico moldova mongolia montenegro morocco "
    "mozambique myanmar namibia nepal netherlands nicaragua niger nigeria norway oman pakistan palestine panama "
    "paraguay peru philippines poland portugal qatar romania russia rwanda scotland senegal serbia singapore "
    "slovakia slovenia somalia spain sudan sweden switzerland syria taiwan tajikistan tanzania thailand tibet "
    "togo tunisia turkey turkmenistan uganda ukraine uruguay uzbekistan venezuela vietnam wales yemen zambia "
    "zimbabwe beijing shanghai chongqing tianjin guangzhou shenzhen chengdu wuhan nanjing hangzhou sichuan "
    "liaoning guangdong hebei henan hunan hubei shandong shanxi shaanxi jilin heilongjiang yunnan xinjiang hong "
    "kong macau taipei tokyo osaka seoul pyongyang delhi mumbai kolkata dhaka karachi kabul tehran baghdad "
    "damascus beirut jerusalem cairo lagos nairobi johannesburg london paris berlin madrid rome vienna prague "
    "warsaw budapest moscow kyiv kiev brussels geneva zurich amsterdam stockholm oslo copenhagen helsinki dublin "
    "lisbon athens istanbul ankara washington york chicago boston houston dallas ottawa toronto montreal "
    "vancouver sydney melbourne canberra california texas florida virginia ohio hague"
)
DEMONYMS = _set(
    "american british chinese russian french german japanese korean indian canadian australian european african "
    "asian western eastern northern southern english spanish italian dutch swiss turkish iranian iraqi syrian "
    "israeli arab arabic muslim muslims christian christians jewish buddhist buddhists catholic protestant "
    "communist mandarin cantonese uighur uighurs uyghur uyghurs tibetan tibetans ukrainian polish czech greek "
    "latin soviet nazi islamic americans russians germans britons canadians europeans africans asians"
)
NEVER = _set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december internet web god christmas easter read click get subscribe updated "
    "source photo image copyright rss http https www e-mail email i i'm i'd i'll i've mr mrs ms dr"
)
FUNCTION = _set(
    "the a an in on at by for from to of with without within into onto over under about after before during since "
    "until between among against and but or nor so yet if when while where who whom whose which what why how that "
    "this these those it its he she they we you i his her their our your my as than then there here not no nobody "
    "none neither either both all some many most few several each every any one two three four five six seven "
    "eight nine ten other another such same only even also still just now later earlier today yesterday tomorrow "
    "however although though because once again according despite like unlike per via is are was were be been has "
    "have had do does did will would can could may might must shall should let please last next asked told said "
    "says reports thus perhaps maybe instead meanwhile moreover furthermore additionally finally first second "
    "third never nothing something everything someone everyone anyone others whether given following including "
    "upon across through throughout based speaking writing listen note yes"
)
"""Words that no name or title goes over."""

OPENERS = FUNCTION | _set(
    "experts sources officials people police witnesses details critics lawyers families residents researchers "
    "members relatives history events former ex current late deputy acting vice assistant new old young more less "
    "much actually apparently reportedly clearly recently similarly ironically consequently allegedly eventually "
    "originally initially officially sadly obviously certainly probably possibly unfortunately"
)
"""Words that may open a sentence with a capital."""
PARTICLES = _set("van von der den de da di du del della dos la le al el bin ibn ben ter ten zu abu y")
CONNECTORS = frozenset({"of", "for", "and", "the", "on", "to", "against", "de", "in", "&"})
SPEECH = _set(
    "said says say told tells asked asks added adds replied answered wrote writes claimed claims denied denies "
    "warned explained stated states argued believes believe declined refused confirmed announced reported "
    "testified recalled responded admitted insisted suggested noted alleged revealed speaks spoke"
)
PINYIN_SURNAMES = _set(
    "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang "
    "deng han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng su wei lu ding ren shen yao cui "
    "zhong tan fan jin shi liao jia xia fu fang bai zou meng xiong qin qiu hou yin xue yan duan lei long tao shao "
    "qian mao mo bo wen ouyang sima zhuge shangguan xi hua kong kang shu geng bao ge niu nie mu yue lan ji qi ai "
    "ou chai zuo"
)
GIVEN = _set(
    "james john robert michael david william richard joseph thomas charles daniel matthew anthony mark paul "
    "steven andrew peter kenneth george edward brian ronald kevin jason jeffrey ryan jacob gary nicholas eric "
    "jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander patrick jack dennis "
    "jerry mary patricia jennifer linda elizabeth barbara susan jessica sarah karen nancy lisa margaret betty "
    "sandra ashley kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca laura helen "
    "sharon cynthia kathleen amy anna ruth maria marta elena ivan olga natalia sergei dmitri vladimir ahmed ali "
    "mohammed muhammad omar hassan fatima aisha ines clara emma sophie lucas hans karl otto erik lars nils ingrid "
    "astrid pierre jean marie jacques luc jose juan carlos luis pedro ana rosa carmen miguel antonio paolo "
    "giovanni marco giulia nadia leila samir yusuf ibrahim amina kofi kwame ama chidi ngozi priya raj anil sunita "
    "deepak ravi hiroshi yuki kenji akira martin simon alan ian neil hugh fiona claire alice jane kate lucy ethan "
    "noah oliver henry leo max felix oscar hugo arthur adam"
)

"""Words that tell names apart: titles, heads of organisations, places, common openings.

- Tables only. English entries are lower case unless the case matters.

Example::

    "ministry" in ORG_HEADS   # True
"""

__all__ = [
    "AFTER_NAME",
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
    "STREETS",
]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


HONORIFICS = _set(
    "capt maj gen col lt sgt cmdr adm brig cpl spc pvt gov sen rep supt insp mr mrs ms miss mx dr prof professor "
    "sir dame lord lady pm mp madam madame rev reverend father sister brother rabbi imam sheikh hon mme mlle herr "
    "mister frau señor senor señora monsieur st"
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
AFTER_NAME = _set(
    "chairman chairwoman chairperson chair director minister secretary president governor mayor spokesman spokeswoman "
    "spokesperson ambassador commissioner treasurer registrar officer editor ombudsman"
)
"""Offices that a signature sets right after the name, and that are hardly surnames."""

STREETS = _set("street road avenue square lane quay alley boulevard embankment")
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
    "pentagon inspectorate images media pictures authorities prosecutor's desk newsroom"
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
    "aaron abdul abdullah abel abena abigail abraham abu adaeze adam adele adnan adrian adriana agathe agnes "
    "ahmad ahmed aida aiko aisha ajay akbar akiko akio akira akosua alain alan albert alejandra alejandro "
    "aleksandr alessandro alex alexander alexandra alexei alfonso alfredo ali alice alicia aline alison allan "
    "alvaro alvin ama amal amanda amelia amelie amin amina aminata amir amit amitabh amy ana anastasia anatoly "
    "anders andre andrea andreas andrei andres andrew angela angelo anil anita anjali anke ann anna annabel anne "
    "anneliese annette anthony antoine antonio anwar arjun armand armando arnaud arnold arthur arturo arun asha "
    "ashley ashok astrid audrey aurelie aziz barbara bashir beatrice beatriz becky bella ben benjamin benoit "
    "bernadette bernard bertrand beth betty beverly birgit bjorn blanca bob bonnie boris brandon brenda brian "
    "bridget bruce bryan calvin camilla camille carl carlo carlos carmen carol caroline cassandra catalina "
    "catherine cathy cecilia celine cesar cesare chantal charles charlotte cheryl chiamaka chidi chinua chloe "
    "chris christina christine christophe christopher claire clara clarissa claude claudia claudio clement clive "
    "colette colin colleen constance consuelo cora craig cristina curtis cynthia dagmar daisy dalia damien dan "
    "daniel daphne dario darren david deborah deepak deirdre delphine denis denise dennis derek diana diane "
    "didier diego dieter dina dinesh divya dmitri dmitry dolores dominique don donald donna doris dorothy doug "
    "douglas duncan dylan edgar edith eduardo edward edwin eileen ekaterina eleanor elena elise eliza elizabeth "
    "elke ella ellen elliot elodie elsie emanuele emeka emiko emile emilia emilio emily emma emmanuel enrique "
    "enzo eric erica erik erin ernest ernesto esperanza esteban estelle esther ethan etienne eugenia eugenie eva "
    "evan eve evelyn evgeny fabien fabienne fabio fabrice farid farouk fatima fatimah federico felipe felix femi "
    "fernando filippo fiona florent folake frances francine francis francisco francois franziska fred freda "
    "frederic friedrich funmi fyodor gabriel gabriela gabriele gail galina gary gaston geeta gemma genevieve "
    "geoffrey georg george georges georgina gerald gerard gerardo gerhard gianni gilles giorgio giovanni gisela "
    "giulia giuseppe glenn gloria gonzalo gopal gordon graham greg gregor gregory greta grigory guadalupe gudrun "
    "guillaume guillermo gunter gustav gustavo gwen habib haidar hala hamid hanan hannah hans hari harold harriet "
    "harry haruka haruki harvey hassan heather hector heidi heike heinrich helen helene helga helmut henri henry "
    "herbert hermann hernan herve hideo hilary hildegard hillary hiroshi holger howard huda hugh hugo hugues "
    "hussein ian ibrahim ichiro ida ignacio igor ilse ilya imogen imran indira ines inez inge ingeborg ingo "
    "ingrid iqbal irene irina isabel isabela isabella isabelle isamu ismail ivan ivor jack jackie jacob "
    "jacqueline jacques jake jamal james jamie jane janet janice jared jasmine jason javier jay jean jeanne jeff "
    "jeffrey jennifer jenny jens jeremy jerome jerry jesse jessica jill jim jiro joan joanna joanne joaquin "
    "jocelyn jochen joe joel johann johannes john jonas jonathan jorg jorge jose joseph josephine josh joshua "
    "joyce juan juana judith judy julia julian julie julien julio jurgen justin justine jutta kamal karen karim "
    "karin karl kate katherine kathleen kathryn katie katja katrin kavita kay kazuo keiko keith kelly ken kenji "
    "kenneth kenta kerry kerstin kevin khadija khaled khalid kim kimberly kirill kirsten klaus kofi konstantin "
    "krishna kristen ksenia kumiko kurt kwabena kwame kwesi kyle laila lakshmi lana lara larisa larry lars lata "
    "laura lauren laurent layla leah leila leonard leonardo leonid leslie lewis leyla liesel lieselotte lillian "
    "lily linda lisa lloyd logan lois lorenzo lorna lothar louis louise luc luca lucas lucia lucie lucien lucy "
    "ludwig luigi luis luisa luke lydia lynn lyudmila mabel madeleine magdalena maggie mahesh mahmoud majid "
    "makoto malcolm mandla manfred manish manon mansour manuel marcel marcia marco marcus margaret margarita "
    "margaux margot marguerite maria mariama marian marianne marie mariko marilyn marina mario marion marjorie "
    "marlene marta martha martin martine marvin mary maryam masao massimo mateo mathieu mathilde matilda matt "
    "matteo matthew matthias maureen maurice mauricio maurizio maxim maxime maxine meena megan mehdi melissa "
    "michael michel michele michelle michiko miguel mike mikhail mildred mina minoru miriam mitchell mohamed "
    "mohammad mohammed mohan molly mona monica monika monique moritz muhammad mukesh muriel mustafa myra nabil "
    "nadezhda nadia nadine nancy naomi nasser natalia natalie nathalie nathan naveen neha neil nelson ngozi nia "
    "nicholas nick nicola nicolas nicole nigel nikita nikolai nils nina nitin nkosi noah nobuo noelle nora noriko "
    "norma norman nour odette oksana olaf oleg olga oliver olivia olivier oluwaseun omar omid osama oscar otto "
    "oumar owen pablo paloma pamela paolo pascal pascale patrice patricia patrick paul paula pauline pavel pedro "
    "peggy penelope pete peter petr petra philip philippe phillip phoebe phuong phyllis pierre pietro pilar polly "
    "pooja pradeep prakash priya rachel radha rafael rafiq rahim rahul rainer raj rajesh ralf ralph ramesh ramon "
    "rana randy rania raquel rashid raul ravi raymond rebecca reem reginald reiko reinhard rekha renate rene reza "
    "rhoda ricardo riccardo richard rita ritu rob robert roberta roberto rodrigo roger rohit rolf romain ron "
    "ronald ros rosa rosalind rosemary roxanne roy ruben rudolf rupert ruslan russell ruth ryan sabine sabrina "
    "sachiko saeed saleh salim sally salma salman salvatore sam samantha sami samir samuel sana sandeep sandra "
    "sandrine sanjay sarah sarita satish satoshi scott sebastian sekou semyon sergei sergio seth shane shankar "
    "shanti sharon sheila shigeru shinzo shirin shirley sidney sigrid silke silvia silvio simon simone sipho sita "
    "sofia solange soledad sonia sophie soraya spencer srinivas stanislav stanley stefan stefano stella stephane "
    "stephanie stephen steven stuart sunil sunita suresh susan susanna susanne suzanne sven svetlana sylvain "
    "sylvia sylvie takashi takeshi tamara tara tariq taro tatiana tatyana ted temba tendai teresa terry tessa "
    "thabo theo theresa thibault thierry thomas thorsten tim timur tina tobias todd tom tomoko tony torsten toru "
    "tracy travis trevor tunde tyler ulrich uma umberto ursula usha uta ute uwe vadim valentina valerie valery "
    "vanessa vasily vera veronica veronique vicente vidya vijay vikram viktor vincent vinod virginie vitaly "
    "vittorio vivian vladimir walid walter wanjiru wayne wendell wendy werner wesley wilhelm william winifred "
    "wolfgang xavier yann yaroslav yasmin yasser yasuo yaw yelena yevgeny yoshio youssef yuki yulia yumi yuri "
    "yusuf yves yvonne zachary zahra zaid zainab zanele zeinab zoe zoya mark frank bill grant ray"
)

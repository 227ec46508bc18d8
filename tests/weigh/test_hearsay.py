"""What is only heard of rests on whoever tells it."""

from quoth.record.claim import OriginKind, Stance
from quoth.weigh.balance import weigh
from weigh.factory import Case

STRUCK = "that forty names were struck from the winter list in March"
ORLOFT = "{N y-o person:Hannes Orloft}"


def heard(teller, speaker=ORLOFT, kind="named"):
    return f"{{1s unnamed:{teller}}} {{1c say:said}} {{1t:{{2s {kind}:{speaker}}} {{2c tell:had told}} them {{2t:{STRUCK}}}}}."


def claim_of(case):
    (claim,) = [one for one in weigh(case.view()).claims if one.proposition.startswith("Forty names")]
    return claim


def test_an_origin_that_is_only_heard_of_says_through_whom():
    case = Case()
    case.add("x-1", heard("Two friends"), outlet="Tern Wire")
    claim = claim_of(case)
    (origin,) = claim.origins
    assert (origin.label, origin.kind) == (
        "Hannes Orloft, according to Two friends (in Tern Wire)",
        OriginKind.ANONYMOUS,
    )
    assert [one.stance for one in claim.stances] == [Stance.REPORTS]


def test_two_unnamed_tellers_of_one_man_are_one_origin_on_two_routes():
    case = Case()
    case.add("x-1", heard("Two friends"), outlet="Tern Wire")
    case.add("x-2", heard("A pilot"), outlet="Skerry Post")
    claim = claim_of(case)
    assert [one.label for one in claim.origins] == [
        "Hannes Orloft, according to A pilot (in Skerry Post) and Two friends (in Tern Wire)"
    ]
    assert len(claim.routes) == 2


def test_whoever_says_it_himself_is_the_origin_and_what_is_told_of_him_adds_none():
    case = Case()
    case.add("x-1", heard("Two friends"), outlet="Tern Wire")
    case.add("x-2", f"{{1s named:{ORLOFT}}} {{1c say:said}} {{1t:{STRUCK}}}.", outlet="Skerry Post")
    (origin,) = claim_of(case).origins
    assert (origin.label, origin.kind, len(origin.statements)) == ("Hannes Orloft", OriginKind.NAMED, 2)


def test_a_source_that_says_it_and_tells_of_another_is_one_origin():
    case = Case()
    again = f"{{3s unnamed:Two friends}} {{3c say:said}} {{3t:{STRUCK}}}."
    case.add("x-1", heard("Two friends") + " " + again, outlet="Tern Wire")
    (origin,) = claim_of(case).origins
    assert (origin.label, origin.kind) == ("Two friends (in Tern Wire)", OriginKind.ANONYMOUS)


def test_all_that_one_source_tells_of_others_is_one_origin():
    case = Case()
    other = heard("Two friends", speaker="{N y-k person:Odile Karst}")
    other = other.replace("{1", "{4").replace("{2", "{5")
    case.add("x-1", heard("Two friends") + " " + other, outlet="Tern Wire")
    (origin,) = claim_of(case).origins
    assert origin.label == "Hannes Orloft and Odile Karst, according to Two friends (in Tern Wire)"


def test_an_unnamed_speaker_told_of_by_one_person_in_two_papers_is_one_origin():
    case = Case()
    for exhibit, outlet in (("x-1", "Tern Wire"), ("x-2", "Skerry Post")):
        text = heard("X", speaker="a clerk", kind="unnamed").replace("unnamed:X", "named:{N y-h person:Ines Halvard}")
        case.add(exhibit, text + f" {exhibit}", outlet=outlet)
    (origin,) = claim_of(case).origins
    assert origin.kind is OriginKind.ANONYMOUS
    assert origin.label.endswith("according to Ines Halvard")

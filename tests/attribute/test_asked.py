"""Questions beside their answers, and quotations led to by the paragraph before."""

import pytest

from quoth.attribute.engine import attribute_text
from quoth.record.statement import Act


def words(parts):
    return " … ".join(part.exact for part in parts)


@pytest.mark.parametrize(
    ("text", "asker", "cue", "question", "answering"),
    [
        ("Asked whether the files exist, Holt said they did.", "", "Asked", "whether the files exist", "Holt"),
        ("Asked about the files, Holt said he had burned them.", "", "Asked about", "the files", "Holt"),
        ("When asked by reporters whether the mill would close, Orlo said it would.", "reporters", "asked", "whether the mill would close", "Orlo"),
        ("Pressed on the dates, the clerk admitted that he had guessed.", "", "Pressed on", "the dates", "the clerk"),
        ("Asked if he had signed it, the prefect replied: “I sign many things.”", "", "Asked", "if he had signed it", "the prefect"),
        ("Asked why the gate was open, the guard would not say.", "", "Asked", "why the gate was open", "the guard"),
        ("Holt, asked whether the mill would close, said it would.", "", "asked", "whether the mill would close", "Holt"),
        ("“Never,” Holt said when asked whether the mill would close.", "", "asked", "whether the mill would close", "Holt"),
    ],
)  # fmt: skip
def test_a_question_beside_its_answer(text, asker, cue, question, answering):
    asked, answer = sorted(attribute_text(text).statements, key=lambda item: item.act is not Act.ASK)
    assert (words(asked.source), words(asked.cue), words(asked.content)) == (asker, cue, question)
    assert (words(asked.addressee), asked.act) == (answering, Act.ASK)
    assert words(answer.source) == answering


@pytest.mark.parametrize(
    "text",
    ["The list was long, asked for or not.", "Asked, he smiled.", "He was asked for his papers.", "Pressed flowers lay on the desk."],
)  # fmt: skip
def test_no_question_without_an_answer(text):
    assert all(item.reason != "question beside its answer" for item in attribute_text(text).statements)


LED = (
    "Ana Prell wrote on the board by the gate:\n“Nobody comes back from the yard. We waited for the boat.”\nIt burned."
)


def test_a_paragraph_with_a_colon_leads_to_the_quotation_in_the_next():
    (statement,) = attribute_text(LED).statements
    assert (words(statement.source), words(statement.cue), statement.act) == ("Ana Prell", "wrote", Act.WRITE)
    assert words(statement.content) == "“Nobody comes back from the yard. We waited for the boat.”"


def test_a_name_after_a_dash_is_whose_quotation_it_is():
    (statement,) = attribute_text("“We waited all night for the boat.” — Ana Prell, nurse").statements
    assert (words(statement.source), words(statement.cue)) == ("Ana Prell, nurse", "—")


def test_a_dash_and_a_clause_are_no_name():
    assert not [item for item in attribute_text("“We waited all night.” — The boat never came.").statements if item.cue]


def test_a_newspaper_called_post_is_no_verb():
    text = "But clerk Ana Prell told The Harbour Post, “It was late and nobody came.”"
    (statement,) = attribute_text(text).statements
    assert (words(statement.cue), words(statement.addressee)) == ("told", "The Harbour Post")


@pytest.mark.parametrize(
    ("text", "what", "held_by"),
    [
        ("Marlen left papers with the legation before he sailed.", "papers", "the legation"),
        ("Prell left a copy of the tape with her sister.", "a copy of the tape", "her sister"),
        ("A notary keeps the first files.", "the first files", "A notary"),
        ("The lawyer has handed the tapes to a court.", "the tapes", "a court"),
        ("The widow deposited the negatives with a bank in May.", "the negatives", "a bank"),
        ("The original register is kept by the abbey.", "The original register", "the abbey"),
        ("The centre retains the originals.", "the originals", "The centre"),
    ],
)
def test_evidence_left_with_somebody(text, what, held_by):
    (cited,) = attribute_text(text).cited
    assert (cited.citation.description, cited.citation.held_by) == (what, held_by)
    assert cited.suggested


@pytest.mark.parametrize(
    "text", ["He left the town with his brother.", "The bank keeps money.", "He left the letters on the table."]
)
def test_what_is_no_evidence_left_with_anybody(text):
    assert not attribute_text(text).cited


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Clerk: Safe Was Empty", "Clerk", "Safe Was Empty"),
        ("Nurses: We Were Not Told", "Nurses", "We Were Not Told"),
        ("Ministry Silent on Missing List", "Ministry", "on Missing List"),
        ("Official Admits List Was Burned", "Official", "List Was Burned"),
        ("Mill Will Not Reopen, Owner Says", "Owner", "Mill Will Not Reopen"),
    ],
)
def test_headlines(text, source, content):
    (statement,) = attribute_text(text).statements
    assert (words(statement.source), words(statement.content)) == (source, content)


@pytest.mark.parametrize("text", ["Photographer: Ana Prell", "Author: Ivo Orlo, Kelm", "Street Silent at Night"])
def test_what_looks_like_a_headline_statement(text):
    assert not attribute_text(text).statements


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("A source told the Post that a former clerk told officials of the mill that Orlo had ordered the fire.", ["A source", "a former clerk", "Orlo"]),
        ("A porter told the Gazette that the sergeant had boasted to two clerks that he knew the minister.", ["A porter", "the sergeant"]),
        ("The baker says he was told by a guard that the convoy would leave at dawn.", ["The baker", "a guard"]),
        ("A friend says the director had asked two porters to move the beds.", ["A friend", "the director"]),
        ("A relative said Marlen had confided that he was afraid.", ["A relative", "Marlen"]),
        ("Holt is said to have told a cousin that the money was gone.", ["", "Holt"]),
        ("He said the sergeant told them not to speak.", ["He", "the sergeant"]),
        ("The widow said her husband had been told by a doctor that the ward was shut.", ["The widow", "a doctor"]),
    ],
)  # fmt: skip
def test_what_was_told_within_what_is_told(text, sources):
    result = attribute_text(text)
    assert [words(item.source) for item in result.statements] == sources
    assert [len(chain.links) for chain in result.chains][1] == 3


def test_a_person_close_to_somebody_is_one_source():
    text = "According to a person close to the family, Marlen told his sister that he had signed."
    assert words(attribute_text(text).statements[0].source) == "a person close to the family"

"""The desk's pages: review, decide, undo, and its style sheet.

- No script is needed; forms carry a token against forged requests.
- Strict content security policy; nothing is fetched from elsewhere.

Example::

    urlpatterns = urls(board, by="desk")
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.template import engines
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET, require_POST

from quoth.case.amending import CHOICES, PARTS
from quoth.case.board import Board
from quoth.desk.review import changes_in, fields_of, page_of
from quoth.errors import QuothError
from quoth.record.custody import Verdict

__all__ = ["POLICY", "urls"]

POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
_LONGEST = 20_000
"""Characters of a part that the form takes."""
VERDICTS = {"accept": Verdict.ACCEPT, "reject": Verdict.REJECT, "later": Verdict.LATER}
HERE = Path(__file__).parent


def _page(request: HttpRequest, name: str, values: dict[str, Any], status: int = 200) -> HttpResponse:
    values["token"] = get_token(request)
    text = engines["django"].get_template(name).render(values, request)
    response = HttpResponse(text, status=status)
    response["Content-Security-Policy"] = POLICY
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    return response


def urls(board: Board, *, by: str) -> list[URLPattern]:
    """The desk's addresses for one case."""

    @require_GET
    def review(request: HttpRequest, chosen: str = "") -> HttpResponse:
        return _page(request, "review.html", page_of(board, chosen, by=by))

    @require_POST
    def decide(request: HttpRequest, chosen: str) -> HttpResponse:
        verdict = VERDICTS.get(request.POST.get("verdict", ""))
        if verdict is None:
            raise Http404
        try:
            board.decide(chosen, verdict, by=by, reason=request.POST.get("reason", "")[:500])
        except QuothError as err:
            return _page(request, "fault.html", {"fault": str(err), "hint": err.hint}, status=409)
        return HttpResponseRedirect("/")

    @require_POST
    def correct(request: HttpRequest, chosen: str) -> HttpResponse:
        standing = board.standing(chosen)
        if standing is None:
            hint = "it may have gone with a newer reading; reload"
            return _page(request, "fault.html", {"fault": "no such suggestion", "hint": hint}, status=409)
        typed = {
            name: value[:_LONGEST].replace("\r\n", "\n")
            for name in (*PARTS, *CHOICES)
            if (value := request.POST.get(name)) is not None
        }
        try:
            changes = changes_in(fields_of(standing), typed)
            board.correct(chosen, changes, by=by, reason=request.POST.get("reason", "")[:500])
        except QuothError as err:
            page = page_of(board, chosen, by=by, typed=typed) | {"fault": str(err), "hint": err.hint}
            return _page(request, "review.html", page, status=409)
        return HttpResponseRedirect(f"/statements/{chosen}")

    @require_POST
    def undo(request: HttpRequest) -> HttpResponse:
        try:
            withdrawn = board.undo(by=by)
        except QuothError as err:
            return _page(request, "fault.html", {"fault": str(err), "hint": err.hint}, status=409)
        return HttpResponseRedirect(f"/statements/{withdrawn.about[0]}" if withdrawn else "/")

    return [
        path("", review),
        path("statements/<slug:chosen>", review),
        path("statements/<slug:chosen>/decide", decide),
        path("statements/<slug:chosen>/correct", correct),
        path("undo", undo),
        path("desk.css", _style()),
    ]


def _style() -> Callable[[HttpRequest], HttpResponse]:
    data = (HERE / "templates" / "desk.css").read_bytes()

    def style(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(data, content_type="text/css; charset=utf-8")

    return style

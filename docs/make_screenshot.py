"""Takes the README's picture: the overview of a built demo dossier, in a real browser."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

TARGET = Path(__file__).resolve().parent / "images" / "demo-overview.png"
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")


def main(dossier: str) -> None:
    page = (Path(dossier) / "index.html").resolve().as_uri()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(QUIET))
        context = chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 1000})
        view = context.new_page()
        view.goto(page)
        view.screenshot(path=str(TARGET))
        chromium.close()
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "demo-case/draft")

"""What a bad network and other windows do to a page."""

from __future__ import annotations

from playwright.sync_api import Page, Route


def lose_the_answer(page: Page, address: str) -> None:
    """The server gets the next request to `address`, but its answer does not arrive."""

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(address, lose, times=1)


def cut(page: Page, address: str, method: str) -> None:
    """The next request of that method to `address` does not get through."""

    def refuse(route: Route) -> None:
        if route.request.method == method:
            route.abort()
            page.unroute(address)
        else:
            route.fallback()

    page.route(address, refuse)


def hold(page: Page, address: str) -> list[Route]:
    """Requests to `address` are held, the latest last; whoever wants answers continues them."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    page.route(address, keep)
    return held


def let_go(page: Page, address: str, held: list[Route]) -> None:
    """What was held goes on, and what comes is held no more."""
    page.unroute(address)
    for route in held:
        route.continue_()


def comes_back(page: Page) -> None:
    """The person looks at another window and then at this one again."""
    page.evaluate("window.dispatchEvent(new Event('visibilitychange'))")

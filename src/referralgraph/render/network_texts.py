"""Every text of the network page, in one place, so that a catalogue can translate it.

Braces name what the page puts in: names and figures stay out of the catalogues, and so does their order.
"""

from __future__ import annotations

from collections.abc import Callable

Translate = Callable[[str], str]


def page_texts(_: Translate) -> dict[str, str]:
    """Return what the page says by itself.

    :param _: translates one English text.
    :return: key of the page's script to text.
    """
    return {
        "search": _("Search names"),
        "search_hint": _("Enter: next match, Shift+Enter: the one before"),
        "search_none": _("No name on this page matches"),
        "search_found": _("Matches: {n}; Enter shows them"),
        "search_count": _("Match {n} of {total}"),
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
        "fit": _("Show everything"),
        "fit_path": _("Show the path"),
        "print": _("Print"),
        "picture": _("Network of people and organisations. Arrow keys move between names, Enter unfolds or folds."),
        "laying_out": _("Arranging the picture"),
        "legend": _("Legend"),
        "legend_people": _("People"),
        "legend_organisations": _("Organisations"),
        "legend_lines": _("Lines"),
        "legend_marks": _("Marks"),
        "legend_ended": _("ended"),
        "legend_lit": _("introduction path"),
        "legend_struck": _("struck off the register"),
        "legend_badge": _("further connections: double-click to unfold"),
        "legend_badge_outside": _("further connections, not in this file"),
        "legend_badge_fold": _("unfolded: double-click to fold"),
        "legend_warning": _("read before you call: liquidation, insolvency or similar"),
        "legend_identity": _("perhaps not one and the same person"),
        "paths": _("Introduction paths"),
        "path_none": _("Show all names alike, no path"),
        "path_direct": _("directly"),
        "path_via": _("through {names}"),
        "path_strength": _("Strength of the whole path: {words} ({n})"),
        "step_body": _("{a} and {b} know each other through {organisation}"),
        "step_contact": _("{a} and {b} know each other directly"),
        "step_colleague": _("{a} and {b} are colleagues"),
        "step_part": _("{a} and {organisation}"),
        "step_strength": _("Strength: {words}"),
        "selection": _("Selected"),
        "selection_none": _("Click a name or a line to keep its reasons and sources here."),
        "selection_clear": _("Clear selection"),
        "connections": _("Connections: {n}"),
        "connections_shown": _("in the picture: {n}"),
        "connections_folded": _("folded in this file: {n}"),
        "connections_outside": _("not in this file: {n}"),
        "unfold": _("Unfold {n}"),
        "fold": _("Fold {n}"),
        "outside": _("Further connections that are not in this file: {n}. To see them, run"),
        "lines": _("Lines of this name in this file"),
        "line_hidden": _("folded"),
        "reasons": _("Reasons"),
        "sources": _("Sources"),
        "no_sources": _("No source is given."),
        "more": _("{n} more; click to read all"),
        "unfold_hint": _("double-click: unfold {n}"),
        "fold_hint": _("double-click: fold"),
        "warning": _("Note"),
        "basis": _("What this page stands on"),
        "left_out": _("Names of the neighbourhood that did not fit on this page: {n}"),
        "empty": _("There is nothing to show: this question has no people and no organisations in its answer."),
        "help": _("How to use this page"),
        "help_click": _("Click a name or a line: its reasons and sources stay in the side panel."),
        "help_double": _("Double-click a name with a badge: its folded connections appear; again: they go."),
        "help_move": _("Drag to move, turn the wheel or press + and - to zoom, 0 to see everything."),
        "help_keys": _("Keyboard: Tab to the picture, arrow keys go from name to name, Enter unfolds, Esc clears."),
        "help_offline": _("This page is one file. It works without a network and sends nothing anywhere."),
    }


def role_texts(_: Translate) -> dict[str, str]:
    """Return the words above a node that stands out.

    :param _: translates one English text.
    :return: role of a node to text.
    """
    return {
        "me": _("You"),
        "team": _("Your team"),
        "introducer": _("Introducer"),
        "target": _("Target"),
        "asked": _("Asked for"),
    }


def kind_texts(_: Translate) -> dict[str, str]:
    """Return the kinds of nodes and lines in words.

    :param _: translates one English text.
    :return: kind to text; a kind that isn't in it is shown as it is.
    """
    return {
        "person": _("person"),
        "company": _("company"),
        "association": _("association"),
        "chamber": _("chamber"),
        "club": _("club"),
        "committee": _("committee"),
        "public_body": _("public body"),
        "mandate": _("mandate"),
        "shareholding": _("shareholding"),
        "contact": _("contact"),
        "colleague": _("colleague"),
    }


def flag_texts(_: Translate) -> dict[str, str]:
    """Return the flags whose words the page knows.

    :param _: translates one English text.
    :return: flag to text; any other flag is shown as it is.
    """
    return {
        "liquidation": _("in liquidation"),
        "insolvency": _("insolvency"),
        "possible identity": _("identity not certain"),
        "possible_identity": _("identity not certain"),
    }


def fact_texts(_: Translate) -> dict[str, str]:
    """Return the patterns that Python fills: dates, sources, coverage.

    :param _: translates one English text.
    :return: key to text with named fields in braces.
    """
    return {
        "no_name": _("(no name)"),
        "since": _("since {since}"),
        "until": _("until {until}"),
        "period": _("{since} to {until}"),
        "ended": _("ended"),
        "source": _("{source}, {file}, line {line}"),
        "as_written": _("as written: {text}"),
        "data_date": _("Data as of {date}"),
        "data_date_unknown": _("The date of the data is not known"),
        "as_of": _("Asked as of {date}"),
        "viewer": _("Asked by {name}"),
        "coverage": _("{people} people, {organisations} organisations; {with_people} of them name at least one person"),
        "coverage_ties": _("{ties} ties between people"),
        "coverage_large": _("Bodies too large to make their members know each other: {n}"),
        "coverage_waiting": _("Pairs of names that nobody has decided to be one person or two: {n}"),
        "coverage_warning": _("No line between two names can also mean that the sources are silent."),
        "coverage_source": _("{source}: {records} records, newest of {date}"),
        "revision": _("Revision {revision}"),
        "noscript": _(
            "This page draws its picture with JavaScript, which is switched off in this viewer. Save the file"
            " and open it in a browser."
        ),
    }

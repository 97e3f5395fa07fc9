"""Charts as numbers: lengths follow published counts, and nothing else."""

from __future__ import annotations

import pytest

from vpdesk.reporting import charts
from vpdesk.reporting.document import Bar, BarGroup, Caption, PhaseFlow, Post, ThemeBars


def bars(*values: int | None, combined: int | None = None) -> ThemeBars:
    group = BarGroup("Een", tuple(Bar(f"rij {n}", value) for n, value in enumerate(values)))
    together = None if combined is None else Bar("samen", combined)
    return ThemeBars(Caption("Figuur 1", ""), (group, BarGroup("Leeg", ())), together, Bar("alle", 40), "", "", "")


def flow(*values: int | None, total: int = 62, combined: int | None = None) -> PhaseFlow:
    posts = tuple(Post(f"fase {n}", value, "") for n, value in enumerate(values))
    together = None if combined is None else Bar("samen", combined)
    return PhaseFlow(Caption("Figuur 2", ""), posts, together, total, "", "", "")


def test_one_length_per_case_and_the_longest_bar_fills_the_width() -> None:
    layout = charts.theme_bars(bars(10, 5, None), 200)
    assert [row.length for row in layout.groups[0].rows] == [200, 100, 0]
    assert len(layout.groups) == 1


def test_the_sum_of_hidden_themes_takes_part_in_the_scale() -> None:
    layout = charts.theme_bars(bars(10, None, combined=20), 200)
    assert layout.groups[0].rows[0].length == 100
    assert layout.combined is not None
    assert layout.combined.length == 200


def test_a_hidden_row_is_as_high_as_any_other() -> None:
    shown, hidden = charts.theme_bars(bars(10, 5, 4), 200), charts.theme_bars(bars(10, None, None), 200)
    assert [row.middle for row in shown.groups[0].rows] == [row.middle for row in hidden.groups[0].rows]
    assert shown.height == hidden.height


def test_nothing_published_has_no_length() -> None:
    assert all(row.length == 0 for row in charts.theme_bars(bars(None, None), 200).groups[0].rows)


def test_bands_are_in_proportion_to_the_cases() -> None:
    made = flow(45, 8, 9)
    assert charts.in_proportion(made)
    layout = charts.phase_bands(made, 470)
    unit = 100 / 62
    assert layout.stayed[0].height == pytest.approx(45 * unit)
    assert layout.stayed[1].height == pytest.approx(8 * unit)
    assert layout.posts[2].height == layout.onward[1].height == pytest.approx(9 * unit)
    for post, onward, stayed in zip(layout.posts[:2], layout.onward, layout.stayed, strict=True):
        assert post.height == pytest.approx(onward.height + 4 + stayed.height)
        assert stayed.y + stayed.height == pytest.approx(post.height)


def test_a_phase_that_nobody_reached_leaves_no_gap() -> None:
    layout = charts.phase_bands(flow(20, 0, 0, total=20), 470)
    assert layout.posts[0].height == pytest.approx(100)
    assert layout.posts[1].height == 0


def test_a_hidden_or_unknown_phase_forbids_proportion() -> None:
    assert not charts.in_proportion(flow(45, None, None))
    assert not charts.in_proportion(flow(45, 8, 9, 5))


def test_equal_posts_fill_the_width_whatever_they_hold() -> None:
    layout = charts.equal_posts(flow(45, None, None, combined=17), 470)
    assert layout.x[-1] + layout.width == pytest.approx(470)
    assert layout.combined_x == layout.x[1]
    assert charts.equal_posts(flow(45, 8, 9, 5), 470).combined_x is None

"""The layout of charts as plain numbers, shared by the file and the screen: x to the right, y downwards.

Lengths come from published numbers only: a hidden number has no length, and its row is as high as any other.
"""

from dataclasses import dataclass
from typing import Final

from vpdesk.reporting.document import Bar, PhaseFlow, TaskBar, ThemeBars


@dataclass(frozen=True, slots=True)
class BarRow:
    """One row of the theme bars: its middle, and the length of its bar (0 without one)."""

    bar: Bar
    middle: float
    length: float


@dataclass(frozen=True, slots=True)
class BarGroupLayout:
    """A group: the height of its name's middle, its rows, and the height of the line that ends it."""

    title: str
    title_middle: float
    rows: tuple[BarRow, ...]
    end: float


@dataclass(frozen=True, slots=True)
class ThemeBarsLayout:
    """All groups, the row of the sum (None without hidden themes) between two heights, and the total."""

    groups: tuple[BarGroupLayout, ...]
    combined: BarRow | None
    combined_top: float
    combined_bottom: float
    total: int
    total_middle: float
    height: float


ROW: Final = 16.0
_GROUP_TITLE: Final = 17.0
_GROUP_SPACE: Final = 4.0
_COMBINED: Final = 23.0
_TOTAL: Final = 18.6


def theme_bars(chart: ThemeBars, longest: float, row: float = ROW) -> ThemeBarsLayout:
    """Lay out bars of one length per case; the longest published bar, sum included, is `longest` long."""
    published = [bar.value for group in chart.groups for bar in group.bars if bar.value is not None]
    if chart.combined is not None and chart.combined.value is not None:
        published.append(chart.combined.value)
    unit = longest / max([1, *published])
    y = 0.0
    groups: list[BarGroupLayout] = []
    for group in chart.groups:
        if not group.bars:
            continue
        title_middle = y + _GROUP_TITLE / 2 + 1
        y += _GROUP_TITLE
        rows = tuple(BarRow(bar, y + row * n + row / 2, unit * (bar.value or 0)) for n, bar in enumerate(group.bars))
        y += row * len(rows) + _GROUP_SPACE
        groups.append(BarGroupLayout(group.title, title_middle, rows, y))
    top, combined = y, None
    if chart.combined is not None:
        combined = BarRow(chart.combined, y + _COMBINED / 2, unit * (chart.combined.value or 0))
        y += _COMBINED
    return ThemeBarsLayout(tuple(groups), combined, top, y, chart.total.value or 0, y + _TOTAL / 2, y + _TOTAL)


@dataclass(frozen=True, slots=True)
class Band:
    """A rectangle of the phases in proportion."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PhaseBands:
    """Three posts, the two bands that go on, and for each post but the last the band of those who stayed."""

    posts: tuple[Band, Band, Band]
    onward: tuple[Band, Band]
    stayed: tuple[Band, Band]
    height: float


_POST_WIDTH: Final = 13.0
_BAND_GAP: Final = 4.0
_BANDS_HEIGHT: Final = 100.0
_POSTS: Final = 3


def in_proportion(flow: PhaseFlow) -> bool:
    """Return whether bands may be drawn: all three phases published, and no case of an unknown phase."""
    return len(flow.posts) == _POSTS and not flow.has_hidden


def phase_bands(flow: PhaseFlow, width: float) -> PhaseBands:
    """Lay out the phases in proportion over a width; only for a flow of which `in_proportion` holds."""
    stayed_first, stayed_second, after = (post.value or 0 for post in flow.posts)
    unit = _BANDS_HEIGHT / max(1, flow.total)
    reported = stayed_second + after
    step = width * 0.4
    x = (0.0, step, 2 * step)
    second_height = reported * unit + (_BAND_GAP if stayed_second and after else 0)
    first_height = second_height + stayed_first * unit + (_BAND_GAP if stayed_first and reported else 0)
    posts = (
        Band(x[0], 0, _POST_WIDTH, first_height),
        Band(x[1], 0, _POST_WIDTH, second_height),
        Band(x[2], 0, _POST_WIDTH, after * unit),
    )
    onward = (
        Band(_POST_WIDTH, 0, step - _POST_WIDTH, second_height),
        Band(x[1] + _POST_WIDTH, 0, step - _POST_WIDTH, after * unit),
    )
    stay_width = step - _POST_WIDTH - 9
    stayed = (
        Band(_POST_WIDTH, first_height - stayed_first * unit, stay_width, stayed_first * unit),
        Band(x[1] + _POST_WIDTH, second_height - stayed_second * unit, stay_width, stayed_second * unit),
    )
    return PhaseBands(posts, onward, stayed, first_height)


@dataclass(frozen=True, slots=True)
class EqualPosts:
    """Posts of one width, whatever they hold, and where the bar of the sum begins (None without hidden posts)."""

    x: tuple[float, ...]
    width: float
    gutter: float
    combined_x: float | None


_GUTTER: Final = 25.0


def equal_posts(flow: PhaseFlow, width: float) -> EqualPosts:
    """Lay out the phases without proportion, so that nothing is told by a length."""
    count = len(flow.posts)
    each = (width - _GUTTER * (count - 1)) / count
    x = tuple(n * (each + _GUTTER) for n in range(count))
    hidden = [left for left, post in zip(x, flow.posts, strict=True) if post.value is None]
    return EqualPosts(x, each, _GUTTER, hidden[0] if hidden else None)


@dataclass(frozen=True, slots=True)
class TaskPart:
    """A part of the bar of tasks, with its share; its label stands `level` lines of labels down."""

    bar: Bar
    share: int
    x: float
    width: float
    level: int


BETWEEN_PARTS: Final = 1.8
_LABELS_APART: Final = 68.0  # 24 mm: labels that are closer than this stand on two levels


def task_parts(chart: TaskBar, width: float) -> tuple[TaskPart, ...]:
    """Lay out the hours of the tasks in proportion over a width; a task without hours has a label and no length."""
    whole = sum(bar.value or 0 for bar in chart.parts)
    gaps = BETWEEN_PARTS * (sum(1 for bar in chart.parts if bar.value) - 1)
    parts: list[TaskPart] = []
    x = 0.0
    for bar, share in zip(chart.parts, chart.shares, strict=True):
        long = (bar.value or 0) / max(1, whole) * (width - max(0.0, gaps))
        at = min(x, width - _LABELS_APART)
        close = bool(parts) and at - min(parts[-1].x, width - _LABELS_APART) < _LABELS_APART
        parts.append(TaskPart(bar, share, x, long, 1 - parts[-1].level if close else 0))
        x += long + (BETWEEN_PARTS if long else 0)
    return tuple(parts)


def label_at(part: TaskPart, width: float) -> float:
    """Return where the label of a part begins: at its bar, unless there is no room for it there."""
    return min(part.x, width - _LABELS_APART)

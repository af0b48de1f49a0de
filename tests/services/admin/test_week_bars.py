from services.admin.week_bars import Bar, how_a_week_is_read, week_bars
from services.models.hours_line import read_hours


def test_times_are_drawn_from_six_to_ten() -> None:
    drawn = week_bars(read_hours("Mon–Fri 8–12, 13:30–18; Sat 9–12"))

    assert (drawn.length, drawn.marks, drawn.is_whole_day) == (960, ["6:00", "12:00", "18:00"], False)
    assert drawn.days[0] == ("Monday", "8am to noon and 1:30pm to 6pm", [Bar(120, 240), Bar(450, 270)])
    assert drawn.days[6] == ("Sunday", "closed", [])


def test_hours_past_midnight_are_drawn_on_both_days_of_a_whole_day() -> None:
    drawn = week_bars(read_hours("Sun 20–2"))

    assert (drawn.length, drawn.marks, drawn.is_whole_day) == (1440, ["0:00", "6:00", "12:00", "18:00"], True)
    assert [day.bars for day in drawn.days] == [[Bar(0, 120)], [], [], [], [], [], [Bar(1200, 240)]]
    assert (drawn.days[0].times, drawn.days[6].times) == ("closed", "8pm to 2am")


def test_what_is_not_understood_is_said_and_nothing_is_drawn() -> None:
    assert how_a_week_is_read(" ") == (None, ())
    assert how_a_week_is_read("Mon to whenever")[1][0].startswith("“whenever” is not understood.")

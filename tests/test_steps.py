import time

import numpy as np
import pytest

from kznet.steps import Watch


def test_a_step_tells_its_time_and_rows():
    watch = Watch()
    with watch.step("one", rows=3):
        time.sleep(0.5)
    with watch.step("two") as over:
        over(7)
    one, two = watch.steps
    assert (one.step, one.rows, two.step, two.rows) == ("one", 3, "two", 7)
    assert one.seconds >= 0.5 > one.cpu_seconds


def test_processor_time_is_that_of_the_work():
    watch = Watch()
    with watch.step("work"):
        begin = time.process_time()
        while time.process_time() - begin < 0.2:
            pass
    assert 0.15 <= watch.steps[0].cpu_seconds < 1.0


def test_memory_is_the_most_that_was_held():
    watch = Watch()
    with watch.step("much"):
        block = np.ones(40_000_000)
        time.sleep(0.3)
        del block
    with watch.step("little"):
        pass
    much, little = (each.peak_memory_bytes for each in watch.steps)
    assert much - little > 250_000_000


def test_whoever_listens_hears_of_every_step():
    heard = []
    watch = Watch(lambda *told: heard.append(told))
    with watch.step("one"):
        inside = watch.within("one")
        assert inside is not None
        inside(1, 4)
    assert heard == [("one", 0, 0), ("one", 1, 4)]
    assert Watch().within("one") is None


def test_a_step_that_fails_is_not_told():
    watch = Watch()
    with pytest.raises(ZeroDivisionError), watch.step("one"):
        _ = 1 / 0
    assert watch.steps == ()

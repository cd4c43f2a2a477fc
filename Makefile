# Two commands for newcomers: `make demo` and `make test`. Everything they need they set up themselves.
.PHONY: demo test soak clean

demo:
	@tools/setup.sh
	@.venv/bin/referralgraph demo demo-country

test:
	@tools/setup.sh test
	@.venv/bin/ruff check .
	@.venv/bin/python -m pytest -n auto --maxprocesses 4 -m "not soak"

soak:
	@tools/setup.sh test
	@.venv/bin/python -m pytest -m soak

clean:
	rm -rf .venv build demo-country .pytest_cache .mypy_cache .ruff_cache .hypothesis src/*.egg-info

# Two commands matter: `make run` and `make test`. Each job is one short script under tooling/.
.DEFAULT_GOAL := help
# Tests start hundreds of processes: what Python has compiled it keeps, whatever the shell says.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help run test check client torture torture-queue race-booking simulate-queue workplace attack audit firefox flood bench-chat bench-queue bench-triage bench-video visits coverage evaluate wire screens lock clean

help:  ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## /make \1   /p' Makefile

run:  ## install what is missing, build the pages, serve the demo
	@tooling/run.sh

test:  ## set up what tests need, then every check and every test
	@tooling/test.sh

check:  ## every check that runs no test: style, types, imports, client
	@tooling/check.sh

client:  ## build the pages if their sources have changed
	@tooling/python.sh run
	@tooling/client.sh

torture:  ## a quarter of an hour of faults under 200 patients and 20 nurses, then the reckoning
	@tooling/torture.sh

torture-queue:  ## fifty nurses claim, give back and die for a quarter of an hour while everything is killed (SHORT=1 for half a minute)
	@tooling/torture_queue.sh

race-booking:  ## five hundred patients race for fifty times over two nodes that are killed, then the reckoning (SHORT=1 for a few seconds)
	@tooling/race_booking.sh

simulate-queue:  ## a year at a made-up region in a minute: waits by level beside two other orders, who was overtaken, how promises held
	@tooling/python.sh run
	@.venv/bin/python -m carequeue.simulation --svg docs/queue_year.svg

workplace:  ## ten standard cases by keys alone, the reaction to each key, a board of five hundred: writes docs/workplace.md
	@tooling/workplace.sh

audit:  ## ask the public lists of known weaknesses about every package (needs the network)
	@tooling/audit.sh

attack:  ## every attack there is against a live server (SHORT=1 for fewer of the same)
	@tooling/attack.sh

firefox:  ## a visit between Firefox and Chromium: installs Debian's Firefox where it is missing
	@tooling/firefox.sh

flood:  ## ten thousand messages in a second and garbage: what it costs others, and whether memory grows
	@tooling/python.sh dev
	@.venv/bin/python -m tests.flood

coverage:  ## every branch of the rules engine and of `assess` is tested, or the lines that are not
	@tooling/coverage.sh

evaluate:  ## how well the engine does on our own made-up patients, with the third that is held back by itself
	@tooling/evaluate.sh

wire:  ## write the client's types and the documents made from the code
	@tooling/python.sh dev
	@.venv/bin/fyr wire

screens:  ## take the pictures in docs/screens anew
	@tooling/screens.sh

lock:  ## choose the newest allowed versions and lock them with hashes
	@tooling/lock.sh

bench-chat:  ## messages committed, acknowledged, relayed: beside bare relays (SHORT=1 for a quick look)
	@tooling/bench_chat.sh

bench-queue:  ## who is next, in queues of a thousand to a million: beside BullMQ and SKIP LOCKED (SHORT=1 for a quick look)
	@tooling/bench_queue.sh

bench-triage:  ## reading and rules for one message and a novel, beside medspaCy, negspaCy and MedCAT (SHORT=1 for a quick look)
	@tooling/bench_triage.sh

bench-video:  ## a forwarded picture's cost, delay and first frame: beside Janus and aiortc's MediaRelay (SHORT=1 for a quick look)
	@tooling/bench_video.sh

visits:  ## five hundred visits of three real peers on the relay: tasks, files, addresses and memory before and after
	@tooling/python.sh dev
	@.venv/bin/python -m benchmarks.video.visits

clean:  ## take away everything that was built or installed, keep the data
	rm -rf .venv .stamps web/static web/client/node_modules

# make demo      the whole way on simulated registers: what to run first
# make test      all tests
# make build     the program, .build/release/essor
# make check     format, build without a warning, tests, a minute of fuzzing: what must pass before a change lands
# make others    figures by SQL of its own, and files in other people's readers: what shows that tables are right
# make bench     Essor and its peers side by side, into bench/results/
# make format    puts the sources in form
# make install   PREFIX=/usr/local: the program, its rules, and the libraries that it loads

PREFIX ?= /usr/local
DEMO ?= observatory/demo
FUZZ_SECONDS ?= 60
BUILD := swift build -c release
# Package.swift itself lets tests look inside modules: with the same flags, what was built is not built again.
TEST := swift test -c release --disable-testable-imports
SOURCES := Sources Tests Package.swift

.PHONY: demo test build check others bench format format-check fuzz install bootstrap clean

demo: build
	.build/release/essor demo $(DEMO) --no-serve

build: bootstrap
	$(BUILD) --product essor

bootstrap:
	@script/bootstrap

test: bootstrap
	$(TEST)

check: bootstrap format-check
	$(BUILD)
	$(TEST)
	fuzz/run $(FUZZ_SECONDS)

format-check:
	swift format lint --strict --parallel --recursive $(SOURCES)

format:
	swift format --in-place --parallel --recursive $(SOURCES)

fuzz: bootstrap
	fuzz/run $(FUZZ_SECONDS)

others: build
	script/test-others

bench: bootstrap
	$(BUILD)
	bench/run
	bench/tables

install: build
	script/install "$(DESTDIR)$(PREFIX)"

clean:
	rm -rf .build bench/work

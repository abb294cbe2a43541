# SPDX-License-Identifier: GPL-3.0-or-later
# Two commands to remember: `make run` and `make test`.  Both work on a bare
# Debian 12 with nothing but git and make: what is missing is installed first.

BUILD = _build
SANITIZE = _build-sanitize
FUZZ = _build-fuzz

# PACKAGE=PROOF: a package is installed only when its proof is not there.
# A proof is a command, pc:MODULE for pkg-config, py:MODULE for Python, or a
# path, which may hold wildcards.
RUN_PACKAGES = \
  gcc=gcc \
  libc6-dev=/usr/include/stdlib.h \
  pkg-config=pkg-config \
  meson=meson \
  ninja-build=ninja \
  gettext=msgfmt \
  libgtk-4-dev=pc:gtk4 \
  libadwaita-1-dev=pc:libadwaita-1 \
  libshumate-dev=pc:shumate-1.0 \
  libsoup-3.0-dev=pc:libsoup-3.0 \
  libjson-glib-dev=pc:json-glib-1.0 \
  libsqlite3-dev=pc:sqlite3 \
  libsecret-1-dev=pc:libsecret-1 \
  libcurl4-gnutls-dev=pc:libcurl \
  libgsound-dev=pc:gsound \
  libqrencode-dev=pc:libqrencode \
  libcrypt-dev=/usr/include/crypt.h \
  glib-networking=/usr/lib/*/gio/modules/libgiognutls.so \
  libgtk-4-bin=gtk4-broadwayd \
  librsvg2-common=/usr/lib/*/gdk-pixbuf-2.0/*/loaders/libpixbufloader-svg.so \
  fonts-cantarell=/usr/share/fonts/opentype/cantarell/* \
  fonts-noto-cjk=/usr/share/fonts/opentype/noto/NotoSansCJK-*
TEST_PACKAGES = \
  xvfb=xvfb-run \
  xauth=xauth \
  xdotool=xdotool \
  weston=weston \
  dbus-daemon=dbus-run-session \
  openssl=openssl \
  at-spi2-core=/usr/libexec/at-spi-bus-launcher \
  libgdk-pixbuf2.0-bin=gdk-pixbuf-thumbnailer \
  desktop-file-utils=desktop-file-validate \
  appstream=appstreamcli \
  strace=strace \
  systemd=systemd-analyze \
  gir1.2-atspi-2.0=/usr/lib/*/girepository-1.0/Atspi-2.0.typelib \
  chromium=chromium \
  chromium-driver=chromedriver \
  python3-selenium=py:selenium \
  zbar-tools=zbarimg \
  python3-gi=py:gi \
  python3-aiosmtpd=py:aiosmtpd \
  python3-jsonschema=py:jsonschema
BENCH_PACKAGES = \
  gtk-4-examples=gtk4-widget-factory \
  valgrind=valgrind
FUZZ_PACKAGES = \
  clang=clang \
  libclang-rt-14-dev=/usr/lib/llvm-14/lib/clang/*/lib/linux/libclang_rt.fuzzer-*.a

comma := ,
# Debian's own: the one that sees Debian's modules.
PYTHON = /usr/bin/python3
RESULTS = $(PYTHON) tests/run-suites.py

.PHONY: help run test test-slow test-sanitize bench screenshots fuzz soaks soak-wall soak-day soak-trouble accept format-diff clean deps-run deps-test deps-bench deps-fuzz

help:
	@echo 'make run            start a demo network and the control centre (Ctrl+C ends both)'
	@echo 'make test           build, run every test, say how many passed'
	@echo 'make test-slow      the same on a machine that stands still at random'
	@echo 'make test-sanitize  the tests without a display under ASan and UBSan'
	@echo 'make fuzz           a minute of anything at all for each parser'
	@echo 'make bench          measure, figures into $(BUILD)/bench.txt'
	@echo 'make screenshots    the application in every look, into _screenshots'
	@echo 'make soaks          what tests try at a tenth, in full, and the journeys: half an hour'
	@echo 'make soak-wall      the wall on a national network for half an hour'
	@echo 'make soak-day       the same through 24 hours of the network, in 72 minutes'
	@echo 'make soak-trouble   two hours with kills, cuts and a full disk'
	@echo 'make accept         what was promised: ok, missing or not measured'
	@echo 'make format-diff    what clang-format would change in the lines you touched'
	@echo 'make clean          remove everything that was built'

deps-run:
	@sh data/install-missing.sh $(RUN_PACKAGES)

deps-test:
	@sh data/install-missing.sh $(RUN_PACKAGES) $(TEST_PACKAGES)

deps-bench:
	@sh data/install-missing.sh $(RUN_PACKAGES) $(TEST_PACKAGES) $(BENCH_PACKAGES)

deps-fuzz:
	@sh data/install-missing.sh $(RUN_PACKAGES) $(FUZZ_PACKAGES)

# Once there, ninja itself sets up again when a meson.build changes.
set-up = test -f $(1)/build.ninja || meson setup $(1) $(2)

run: deps-run
	@$(call set-up,$(BUILD))
	ninja -C $(BUILD) programs
	@exec $(PYTHON) data/run.py $(BUILD)

test: deps-test
	@$(call set-up,$(BUILD))
	meson compile -C $(BUILD)
	$(RESULTS) $(BUILD) --suite plain --suite heavy --suite display --suite checks

# On a machine that stands still now and then: what is begun first is not done first.
test-slow: deps-test
	@$(call set-up,$(BUILD))
	meson compile -C $(BUILD)
	LD_PRELOAD=$(CURDIR)/$(BUILD)/tests/support/libsm-test-delays.so $(RESULTS) $(BUILD) \
	  --suite plain --suite heavy --suite display --timeout-multiplier 6

# Only what the tests without a display need is built here, with lines and without
# variables.  FAST=0 shows whole stacks, at fifteen times the time.
FAST = 1
test-sanitize: deps-test
	@$(call set-up,$(SANITIZE),-Db_sanitize=address$(comma)undefined -Db_lundef=false -Doptimization=1 -Dc_args=-g1)
	ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1:fast_unwind_on_malloc=$(FAST) \
	LSAN_OPTIONS=suppressions=$(CURDIR)/tests/leaks.txt:print_suppressions=0 \
	UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1 \
	G_SLICE=always-malloc $(RESULTS) $(SANITIZE) --suite plain --timeout-multiplier 4

# FUZZ_SECONDS for each parser, FUZZ_ONLY='csv link' for some of them; FUZZ_KEEP=--keep
# adds to tests/fuzz/corpus what is worth it.
FUZZ_SECONDS = 60
FUZZ_ONLY =
FUZZ_KEEP =
fuzz: deps-fuzz
	@test -f $(FUZZ)/build.ninja || CC=clang meson setup $(FUZZ) -Dfuzz=true -Dwerror=false \
	  -Db_sanitize=address$(comma)undefined -Db_lundef=false -Doptimization=1
	meson compile -C $(FUZZ) fuzzers
	$(PYTHON) tests/fuzz.py $(FUZZ) $(FUZZ_SECONDS) $(FUZZ_KEEP) $(FUZZ_ONLY)

bench: deps-bench
	@$(call set-up,$(BUILD))
	meson compile -C $(BUILD)
	$(RESULTS) $(BUILD) --benchmark

# All that is only tried in full: half an hour.  SOAK names some of them.
SOAK =
soaks: deps-test
	@$(call set-up,$(BUILD))
	meson compile -C $(BUILD)
	$(RESULTS) $(BUILD) --suite soak $(SOAK)

screenshots: deps-test
	@$(call set-up,$(BUILD))
	meson compile -C $(BUILD)
	$(PYTHON) tests/screenshots.py $(BUILD) _screenshots

# SM_SOAK_MINUTES shortens them; what else there is says tests/soak-wall.py.
soak-wall soak-day soak-trouble: deps-test
	@$(call set-up,$(BUILD))
	meson compile -C $(BUILD)
	SM_SOAK_NAME=$(@:soak-%=%) $(PYTHON) tests/soak-wall.py $(BUILD)
soak-wall: export SM_SOAK_MINUTES ?= 30
soak-day: export SM_SOAK_MINUTES ?= 72
soak-day: export SM_SOAK_SPEED ?= 20
soak-trouble: export SM_SOAK_MINUTES ?= 120
soak-trouble: export SM_SOAK_MONITORS ?= 2
soak-trouble: export SM_SOAK_TROUBLE = 1

accept: deps-test
	@$(PYTHON) tests/accept.py --stale $(BUILD) || $(MAKE) --no-print-directory test || true
	@$(PYTHON) tests/accept.py $(BUILD)

format-diff:
	git diff -U0 --no-color HEAD -- '*.c' '*.h' | clang-format-diff -p1

clean:
	rm -rf $(BUILD) $(SANITIZE) $(FUZZ) _screenshots

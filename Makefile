# verbatim: hear a recording while reading what was said in it.
# `make run` and `make test` do everything on a fresh machine; `make help` lists the rest.

NAME    = verbatim
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo 0.1.0)
MODE    ?= release
PREFIX  ?= /usr/local
BUILD   ?= build/$(MODE)

# --- the wings of the house -------------------------------------------------
# Listed from the ground up: a wing may call the wings before it, never one after.
# The core knows no window, the shell knows no SDL.  `make walls` links every wing
# with only those before it, so a call upward does not link.

core  = base audio transcript format align document library check
shell = app view bus
front = sdl cli

# Optional parts: built when their libraries are there, absent without a trace otherwise.
# `make LIBAV= ESPEAK= HUNSPELL= LIBZIP= SYSTEMD= ICU= BUILD=build/bare` builds without them.
PKG_CONFIG ?= pkg-config
found = $(shell $(PKG_CONFIG) --exists $(1) 2>/dev/null && echo $(2))
LIBAV    := $(call found,'libavformat >= 59' 'libavcodec >= 59' 'libavutil >= 57.28' libswresample,libavformat libavcodec libavutil libswresample)
ESPEAK   := $(call found,espeak-ng,espeak-ng)
HUNSPELL := $(call found,hunspell,hunspell)
LIBZIP   := $(call found,libzip,libzip)
SYSTEMD  := $(call found,'libsystemd >= 240',libsystemd)
ICU      := $(call found,icu-uc,icu-uc)
optional  = $(foreach part,LIBAV ESPEAK HUNSPELL LIBZIP SYSTEMD ICU,$(if $($(part)),-DHAVE_$(part)))
left_out := $(if $(LIBAV),,src/audio/av_library.c src/audio/av_stream.c src/audio/source_libav.c) $(if $(SYSTEMD),,$(wildcard src/bus/*.c))

sources = $(foreach wing,$(1),$(filter-out $(left_out),$(sort $(wildcard src/$(wing)/*.c))))
objects = $(patsubst %.c,$(BUILD)/%.o,$(1))

CORE_OBJ  := $(call objects,$(call sources,$(core)))
SHELL_OBJ := $(call objects,$(call sources,$(shell)))
FRONT_OBJ := $(call objects,$(call sources,$(front)))

SUPPORT_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard tests/support/*.c)))

TESTS   := $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/unit/test_*.c)))
BENCHES := $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/bench/bench_*.c)))
FUZZERS := $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
E2E     := $(sort $(wildcard tests/e2e/*.sh))
LANGUAGES := $(patsubst assets/po/%.po,%,$(wildcard assets/po/*.po))
MESSAGES  := $(LANGUAGES:%=$(BUILD)/locale/%/LC_MESSAGES/$(NAME).mo)

# --- tools and flags --------------------------------------------------------

CORE_PKGS  = sndfile libmpg123 fribidi sqlite3 $(SYSTEMD)
# Loaded when they are needed (base/library.h), by the file that the linker would have named.
LATER_PKGS = libxml-2.0 $(ESPEAK) $(HUNSPELL) $(LIBZIP) $(ICU)
soname = $(shell $(PKG_CONFIG) --libs $(1) >/dev/null 2>&1 && readelf -d "$$($(CC) $$($(PKG_CONFIG) --libs-only-L $(1)) -print-file-name=lib$(2).so)" 2>/dev/null | sed -n 's/.*SONAME.*\[\(.*\)\]/\1/p')
later  = -D$(1)_LIBRARY='"$(or $(call soname,$(2),$(3)),lib$(3).so)"'
libraries := $(call later,XML,libxml-2.0,xml2) $(if $(ESPEAK),$(call later,ESPEAK,espeak-ng,espeak-ng)) \
             $(if $(HUNSPELL),$(call later,HUNSPELL,hunspell,$(patsubst -l%,%,$(filter -l%,$(shell $(PKG_CONFIG) --libs-only-l hunspell 2>/dev/null))))) \
             $(if $(LIBZIP),$(call later,ZIP,libzip,zip)) $(if $(ICU),$(call later,ICU,icu-uc,icuuc))
CPPFLAGS  += $(optional) $(libraries)
FRONT_PKGS = sdl2 SDL2_ttf fontconfig
CORE_EXTRA = -lunistring -ldl -lm

WARN = -Wall -Wextra -Werror=implicit -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
       -Wpointer-arith -Wwrite-strings -Wvla -Wundef -Wno-missing-field-initializers -Wno-unknown-warning-option -Wno-format-truncation

OPT.release = -O2 -g
OPT.debug   = -O0 -g3
OPT.asan    = -O1 -g1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined
OPT.tsan    = -O1 -g1 -fsanitize=thread
OPT.cover   = -O0 -g --coverage
OPT.fuzz    = -O1 -g1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined

CFLAGS   ?= $(OPT.$(MODE))
# A linker that needs half the time, where it is there: there are many test programs.
LDFLAGS  ?= $(shell ld.gold --version >/dev/null 2>&1 && echo -fuse-ld=gold)
LDFLAGS  := $(LDFLAGS)
CPPFLAGS += -Isrc -Iinclude -D_GNU_SOURCE
# No product is fused with a sum: the same numbers, to the bit, on every kind of machine.
ALL_CFLAGS = -std=c11 -ffp-contract=off $(WARN) $(WERROR) $(CFLAGS) -fvisibility=hidden -pthread -MMD -MP

CORE_CFLAGS   = $(eval CORE_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(CORE_PKGS) $(LATER_PKGS) $(LIBAV)))$(CORE_CFLAGS)
FRONT_CFLAGS  = $(eval FRONT_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(FRONT_PKGS)))$(FRONT_CFLAGS)
CORE_LIBS     = $(eval CORE_LIBS := $(shell $(PKG_CONFIG) --libs $(CORE_PKGS)) $(CORE_EXTRA))$(CORE_LIBS)
FRONT_LIBS    = $(eval FRONT_LIBS := $(shell $(PKG_CONFIG) --libs $(FRONT_PKGS)))$(FRONT_LIBS)

V ?= 0
say = $(if $(filter 0,$(V)),@printf '  %-6s %s\n' $(1) $@;)

# --- the program ------------------------------------------------------------

.PHONY: all deps run test bench fuzz install uninstall doc format clean help pot
.DEFAULT_GOAL := all

all: $(BUILD)/$(NAME) $(MESSAGES)       ## build the program

MAIN_OBJ := $(BUILD)/src/cli/main.o
LIBS      = $(BUILD)/libfront.a $(BUILD)/libshell.a $(BUILD)/lib$(NAME).a

$(BUILD)/$(NAME): $(MAIN_OBJ) $(LIBS)
	$(call say,LINK)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(FRONT_LIBS) $(CORE_LIBS)

$(BUILD)/lib$(NAME).a: $(CORE_OBJ)
$(BUILD)/libshell.a: $(SHELL_OBJ)
$(BUILD)/libfront.a: $(filter-out $(MAIN_OBJ),$(FRONT_OBJ))
%.a:
	$(call say,AR)rm -f $@ && $(AR) rcs $@ $^

$(CORE_OBJ):  CPPFLAGS += $(CORE_CFLAGS)
$(FRONT_OBJ): CPPFLAGS += $(FRONT_CFLAGS) $(CORE_CFLAGS)
$(MAIN_OBJ):  CPPFLAGS += -DVERSION='"$(VERSION)"'

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/locale/%/LC_MESSAGES/$(NAME).mo: assets/po/%.po
	@mkdir -p $(@D)
	$(call say,MO)msgfmt -o $@ $<

deps:                                   ## install what is missing to build
	@.ci/deps build

run: deps                               ## build and play the sample, or: make run ARGS='talk.mp3 talk.txt'
	@$(MAKE) --no-print-directory all
	$(BUILD)/$(NAME) $(or $(ARGS),--sample)

# --- tests ------------------------------------------------------------------

test:                                   ## run every test (MODE=asan or tsan to look harder)
	@.ci/deps test
	@$(MAKE) --no-print-directory all walls tests
	@VERBATIM=$(BUILD)/$(NAME) tests/run $(TESTS) $(E2E)

.PHONY: tests unit walls threads
# Where several threads meet; the rest has one, which tsan has nothing to say about.
threaded = align bookmarks card clip editing libav listening loading memory orders peaks player player_view remote ring search \
           opening session slow_disk source store survey terminal times
threads:                                ## run the unit tests of what has several threads (MODE=tsan)
	@$(MAKE) --no-print-directory unit TESTS="$(threaded:%=$(BUILD)/tests/unit/test_%)"
tests: $(TESTS)
unit: walls $(TESTS)                    ## run the unit tests alone
	@tests/run $(TESTS)

TOOLS_CFLAGS = $(CORE_CFLAGS) $(FRONT_CFLAGS) -Itests
$(SUPPORT_OBJ) $(TESTS) $(BENCHES) $(FUZZERS): CPPFLAGS += $(TOOLS_CFLAGS)
$(TESTS): $(BUILD)/%: $(BUILD)/%.o $(SUPPORT_OBJ) $(LIBS)
	$(call say,LINK)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(shell $(PKG_CONFIG) --libs cmocka) $(FRONT_LIBS) $(CORE_LIBS)

# A wall: one empty program per wing, linked with that wing and those before it.
below :=
define wall
walls: $(BUILD)/walls/$(1)
$(BUILD)/walls/$(1): $(BUILD)/tests/walls.o $(call objects,$(call sources,$(below) $(1)))
	$$(call say,WALL)mkdir -p $$(@D) && $$(CC) $$(ALL_CFLAGS) $$(LDFLAGS) -o $$@ $$^ $$(CORE_LIBS)
below += $(1)
endef
walls:                                  ## does any wing call one above it?
$(foreach wing,$(core) $(shell),$(eval $(call wall,$(wing))))

bench: deps                             ## time the parts that matter, beside a peer or a limit
	@$(MAKE) --no-print-directory all benches
	@for b in $(BENCHES) $(filter-out %/bench_align.sh %/bench_check.sh,$(sort $(wildcard tests/bench/*.sh))); do VERBATIM=$(BUILD)/$(NAME) $$b || exit 1; done

.PHONY: benches bench-align bench-check
benches: $(BENCHES)
# From an archive a bench takes what it needs, and nothing that asserts and needs cmocka.
$(BUILD)/libsupport.a: $(SUPPORT_OBJ)
$(BENCHES): $(BUILD)/%: $(BUILD)/%.o $(BUILD)/libsupport.a $(LIBS)
	$(call say,LINK)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(FRONT_LIBS) $(CORE_LIBS)

bench-align: all                        ## how well and how fast recordings are aligned
	@VERBATIM=$(BUILD)/$(NAME) tests/bench/bench_align.sh
bench-check: all                        ## what is found of faults put into text and sound
	@VERBATIM=$(BUILD)/$(NAME) tests/bench/bench_check.sh

fuzz:                                   ## throw bytes at every reader for SECONDS (60) each; with SEED the same ones
	@$(MAKE) --no-print-directory MODE=fuzz CC=clang LIBAV= fuzz-run SECONDS=$(or $(SECONDS),60)

.PHONY: fuzz-run
fuzz-run: $(FUZZERS)
	@SEED=$(SEED) tests/fuzz/run $(BUILD)/tests/fuzz $(SECONDS) $(ARGS)

$(FUZZERS): $(BUILD)/%: $(BUILD)/%.o $(BUILD)/lib$(NAME).a
	$(call say,LINK)$(CC) -fsanitize=fuzzer,address,undefined $(LDFLAGS) -o $@ $^ $(CORE_LIBS)

# --- keeping house ----------------------------------------------------------

SHARE = $(DESTDIR)$(PREFIX)/share
APP_ID = org.verbatim.Verbatim

install: all                            ## put it under PREFIX (DESTDIR is honoured)
	install -Dm755 $(BUILD)/$(NAME) $(DESTDIR)$(PREFIX)/bin/$(NAME)
	install -Dm644 doc/$(NAME).1 $(SHARE)/man/man1/$(NAME).1
	install -Dm644 assets/$(NAME).desktop $(SHARE)/applications/$(NAME).desktop
	install -Dm644 assets/$(APP_ID).metainfo.xml $(SHARE)/metainfo/$(APP_ID).metainfo.xml
	install -Dm644 assets/$(NAME).svg $(SHARE)/icons/hicolor/scalable/apps/$(NAME).svg
	install -Dm644 assets/completions/$(NAME).bash $(SHARE)/bash-completion/completions/$(NAME)
	install -Dm644 assets/completions/_$(NAME) $(SHARE)/zsh/site-functions/_$(NAME)
	install -Dm644 assets/completions/$(NAME).fish $(SHARE)/fish/vendor_completions.d/$(NAME).fish
	install -d $(SHARE)/$(NAME)/fonts $(SHARE)/$(NAME)/sample
	install -m644 assets/fonts/* $(SHARE)/$(NAME)/fonts
	install -m644 $(filter-out %.py %.sh,$(wildcard assets/sample/*)) $(SHARE)/$(NAME)/sample
	for l in $(LANGUAGES); do install -Dm644 $(BUILD)/locale/$$l/LC_MESSAGES/$(NAME).mo $(SHARE)/locale/$$l/LC_MESSAGES/$(NAME).mo; done

uninstall:                              ## take it away again
	rm -f $(DESTDIR)$(PREFIX)/bin/$(NAME) $(SHARE)/man/man1/$(NAME).1 $(SHARE)/applications/$(NAME).desktop
	rm -f $(SHARE)/metainfo/$(APP_ID).metainfo.xml $(SHARE)/icons/hicolor/scalable/apps/$(NAME).svg
	rm -f $(SHARE)/bash-completion/completions/$(NAME) $(SHARE)/zsh/site-functions/_$(NAME) $(SHARE)/fish/vendor_completions.d/$(NAME).fish
	rm -rf $(SHARE)/$(NAME)
	for l in $(LANGUAGES); do rm -f $(SHARE)/locale/$$l/LC_MESSAGES/$(NAME).mo; done

pot:                                    ## collect the texts to translate into assets/po
	xgettext --from-code=UTF-8 -k_ -kN_ -kP_:1,2 -kNP_:1,2 --no-wrap --no-location --sort-output --package-name=$(NAME) \
	  -o assets/po/$(NAME).pot $$(git ls-files 'src/*.c' 'src/*.h')
	for l in $(LANGUAGES); do msgmerge -q --no-wrap --backup=none -U assets/po/$$l.po assets/po/$(NAME).pot; done

doc: all                                ## bring the lists of manual and completions up to date
	LC_ALL=C.UTF-8 LANGUAGE= $(BUILD)/$(NAME) help --man >$(BUILD)/lists
	awk -f doc/lists.awk $(BUILD)/lists doc/$(NAME).1 >$(BUILD)/$(NAME).1 && cp $(BUILD)/$(NAME).1 doc/$(NAME).1
	LC_ALL=C.UTF-8 LANGUAGE= $(BUILD)/$(NAME) help --completion bash >assets/completions/$(NAME).bash
	LC_ALL=C.UTF-8 LANGUAGE= $(BUILD)/$(NAME) help --completion zsh >assets/completions/_$(NAME)
	LC_ALL=C.UTF-8 LANGUAGE= $(BUILD)/$(NAME) help --completion fish >assets/completions/$(NAME).fish

format:                                 ## lay the code out as .clang-format says
	clang-format -i $$(git ls-files '*.c' '*.h')

clean:                                  ## remove build/
	rm -rf build

help:                                   ## print this list
	@sed -n 's/^\([a-z]*\):[^#]*## /  make \1\t/p' Makefile | expand -t 18

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
.SECONDARY:

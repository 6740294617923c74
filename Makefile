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

core  = base audio transcript format document
shell = app view
front = sdl cli

sources = $(foreach wing,$(1),$(sort $(wildcard src/$(wing)/*.c)))
objects = $(patsubst %.c,$(BUILD)/%.o,$(1))

CORE_OBJ  := $(call objects,$(call sources,$(core)))
SHELL_OBJ := $(call objects,$(call sources,$(shell)))
FRONT_OBJ := $(call objects,$(call sources,$(front)))

TESTS   := $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/unit/test_*.c)))
BENCHES := $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/bench/bench_*.c)))
FUZZERS := $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))

# --- tools and flags --------------------------------------------------------

PKG_CONFIG ?= pkg-config
CORE_PKGS  = sndfile libmpg123 libxml-2.0
FRONT_PKGS = sdl2 SDL2_ttf
CORE_EXTRA = -lunistring -lm

WARN = -Wall -Wextra -Werror=implicit -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
       -Wpointer-arith -Wwrite-strings -Wvla -Wundef -Wno-format-truncation

OPT.release = -O2 -g
OPT.debug   = -O0 -g3
OPT.asan    = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined
OPT.tsan    = -O1 -g -fsanitize=thread
OPT.cover   = -O0 -g --coverage
OPT.fuzz    = -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined

CFLAGS   ?= $(OPT.$(MODE))
CPPFLAGS += -Isrc -Iinclude -D_GNU_SOURCE
ALL_CFLAGS = -std=c11 $(WARN) $(WERROR) $(CFLAGS) -fvisibility=hidden -pthread -MMD -MP

CORE_CFLAGS   = $(eval CORE_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(CORE_PKGS)))$(CORE_CFLAGS)
FRONT_CFLAGS  = $(eval FRONT_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(FRONT_PKGS)))$(FRONT_CFLAGS)
CORE_LIBS     = $(eval CORE_LIBS := $(shell $(PKG_CONFIG) --libs $(CORE_PKGS)) $(CORE_EXTRA))$(CORE_LIBS)
FRONT_LIBS    = $(eval FRONT_LIBS := $(shell $(PKG_CONFIG) --libs $(FRONT_PKGS)))$(FRONT_LIBS)

V ?= 0
say = $(if $(filter 0,$(V)),@printf '  %-6s %s\n' $(1) $@;)

# --- the program ------------------------------------------------------------

.PHONY: all
.DEFAULT_GOAL := all

all: $(BUILD)/$(NAME)                   ## build the program

$(BUILD)/$(NAME): $(FRONT_OBJ) $(BUILD)/libshell.a $(BUILD)/lib$(NAME).a
	$(call say,LINK)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(FRONT_LIBS) $(CORE_LIBS)

$(BUILD)/lib$(NAME).a: $(CORE_OBJ)
$(BUILD)/libshell.a: $(SHELL_OBJ)
%.a:
	$(call say,AR)rm -f $@ && $(AR) rcs $@ $^

$(CORE_OBJ):  CPPFLAGS += $(CORE_CFLAGS)
$(FRONT_OBJ): CPPFLAGS += $(FRONT_CFLAGS)
$(BUILD)/src/cli/main.o: CPPFLAGS += -DVERSION='"$(VERSION)"'

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<

# --- tests ------------------------------------------------------------------

.PHONY: unit walls
unit: walls $(TESTS)
	@for t in $(TESTS); do echo "  $$t"; $$t || exit 1; done

$(TESTS): CPPFLAGS += $(CORE_CFLAGS)
$(TESTS): $(BUILD)/%: $(BUILD)/%.o $(BUILD)/libshell.a $(BUILD)/lib$(NAME).a
	$(call say,LINK)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(shell $(PKG_CONFIG) --libs cmocka) $(CORE_LIBS)

# A wall: one empty program per wing, linked with that wing and those before it.
below :=
define wall
walls: $(BUILD)/walls/$(1)
$(BUILD)/walls/$(1): $(BUILD)/tests/walls.o $(call objects,$(call sources,$(below) $(1)))
	$$(call say,WALL)mkdir -p $$(@D) && $$(CC) $$(ALL_CFLAGS) $$(LDFLAGS) -o $$@ $$^ $$(CORE_LIBS)
below += $(1)
endef
$(foreach wing,$(core) $(shell),$(eval $(call wall,$(wing))))

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
.SECONDARY:

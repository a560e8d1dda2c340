/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * smoke: the seeds of every target and texts made from them, the same ones
 * each time; no fuzzer is needed.
 *
 * smoke --seeds FOLDER: write the seeds to FOLDER/TARGET/NUMBER, where a
 * fuzzer begins.
 */
#include <config.h>

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../unit/cases.h"
#include "../unit/tap.h"
#include "seeds.h"
#include "targets.h"

#define TEXTS	   20000 /* for a target that takes no time */
#define CHANGES	   4	 /* to one text, at most */
#define PATIENCE_S 120	 /* a target that takes longer hangs */
#define ROOM	   32768

/* Pieces that mean something to one parser or another. */
static const char *const pieces[] = {
	",",   "-",    ":",	".",	      "{",
	"}",   "(",    ")",	"[",	      "]",
	"=",   "+",    "/",	"*",	      "0",
	"1",   "9",    "65536", "4294967295", "18446744073709551616",
	"1e9", "k",    "T",	"ms",	      "all",
	"odd", "core", "pu",	"numa",	      "\n",
	"\t",  "\xff", "%",	"NA",	      "<",
	">",   "\"",   " ",
};

#define PIECES (sizeof pieces / sizeof *pieces)

struct text {
	char bytes[ROOM];
	size_t length;
};

static size_t below(uint64_t *state, size_t limit)
{
	return limit ? (size_t)(cases_random(state) % limit) : 0;
}

static void insert(struct text *text, size_t at, const char *piece, size_t size)
{
	if (text->length + size >= ROOM)
		return;
	memmove(text->bytes + at + size, text->bytes + at, text->length - at);
	memcpy(text->bytes + at, piece, size);
	text->length += size;
}

static void cut(struct text *text, size_t at, size_t size)
{
	memmove(text->bytes + at, text->bytes + at + size,
		text->length - at - size);
	text->length -= size;
}

static void change(struct text *text, const struct seeds *seeds,
		   uint64_t *state)
{
	size_t at = below(state, text->length + 1);
	size_t size = below(state, text->length - at + 1);
	const char *piece = pieces[below(state, PIECES)];
	const char *other = seeds->texts[below(state, seeds->count)];
	size_t from = below(state, strlen(other) + 1);
	char copy[64];

	switch (below(state, 6)) {
	case 0:
		insert(text, at, piece, strlen(piece));
		break;
	case 1:
		cut(text, at, size > 16 ? 16 : size);
		break;
	case 2:
		cut(text, at, text->length - at);
		insert(text, at, other + from, strlen(other + from));
		break;
	case 3:
		size = size < sizeof copy ? size : sizeof copy;
		memcpy(copy, text->bytes + at, size);
		insert(text, at, copy, size);
		break;
	default:
		if (at < text->length)
			text->bytes[at] = (char)(1 + below(state, 255));
	}
}

static void run(const struct target *target, struct text *text)
{
	if (text->length > target->longest)
		text->length = target->longest;
	text->bytes[text->length] = '\0';
	target->run(text->bytes);
}

static void smoke(const struct target *target, const char *corpus)
{
	static struct text text;
	struct seeds seeds;
	uint64_t state = 20;
	size_t texts = TEXTS / target->share;

	alarm(PATIENCE_S);
	seeds_read(corpus, target->name, &seeds);
	for (size_t i = 0; i < seeds.count; i++)
		target->run(seeds.texts[i]);
	for (size_t i = 0; i < texts; i++) {
		text.length = 0;
		insert(&text, 0, seeds.texts[i % seeds.count],
		       strlen(seeds.texts[i % seeds.count]));
		for (size_t n = below(&state, CHANGES); n < CHANGES; n++)
			change(&text, &seeds, &state);
		run(target, &text);
	}
	tap_ok(true, "%s: %zu seeds, %zu texts made from them", target->name,
	       seeds.count, texts);
	fflush(stdout);
	seeds_free(&seeds);
}

static void write_seed(const char *path, const char *text)
{
	FILE *file = fopen(path, "we");

	if (!file || fputs(text, file) < 0 || fclose(file)) {
		printf("cannot write %s\n", path);
		exit(EXIT_FAILURE);
	}
}

static void write_seeds(const struct target *target, const char *corpus,
			const char *folder)
{
	struct seeds seeds;
	char path[4096];

	snprintf(path, sizeof path, "%s/%s", folder, target->name);
	mkdir(path, 0777);
	seeds_read(corpus, target->name, &seeds);
	for (size_t i = 0; i < seeds.count; i++) {
		snprintf(path, sizeof path, "%s/%s/%zu", folder, target->name,
			 i);
		write_seed(path, seeds.texts[i]);
	}
	seeds_free(&seeds);
	printf("%s %zu\n", target->name, target->longest);
}

int main(int argc, char *argv[])
{
	const char *top = getenv("top_srcdir");
	bool export = argc == 3 && !strcmp(argv[1], "--seeds");
	const struct target *target;
	char corpus[4096];
	int null;

	snprintf(corpus, sizeof corpus, "%s/tests/fuzz/corpus",
		 top ? top : ".");
	/* Nobody wants to read what is wrong with each text. */
	null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (!export && (null < 0 || dup2(null, STDERR_FILENO) < 0))
		return EXIT_FAILURE;
	for (size_t i = 0; (target = target_at(i)); i++)
		if (export)
			write_seeds(target, corpus, argv[2]);
		else if (argc < 2 || !strcmp(argv[1], target->name))
			smoke(target, corpus);
	return export ? EXIT_SUCCESS : tap_done();
}

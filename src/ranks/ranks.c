/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "ranks/ranks.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/message.h"

void ranks_init(struct ranks *ranks)
{
	*ranks = (struct ranks){
		.count = 1, .leads_host = true, .deadline_ns = INT64_MAX};
	if (gethostname(ranks->host, sizeof ranks->host))
		strcpy(ranks->host, "unknown");
	ranks->host[sizeof ranks->host - 1] = '\0';
	ranks->origin =
		(struct origin_record){.host = ranks->host, .rank = RECORD_NA};
}

void ranks_set_host(struct ranks *ranks, const char *input)
{
	const char *slash = strrchr(input, '/');
	const char *name = slash ? slash + 1 : input;
	size_t length = strlen(name), end = strlen(".xml");

	if (length > end && !strcmp(name + length - end, ".xml"))
		length -= end;
	snprintf(ranks->host, sizeof ranks->host, "%.*s", (int)length, name);
}

void ranks_hush(struct ranks *ranks)
{
	ranks->kept[0] = '\0';
	if (!ranks_lead(ranks))
		message_keep(ranks->kept, sizeof ranks->kept);
}

void ranks_speak(struct ranks *ranks)
{
	(void)ranks;
	message_keep(NULL, 0);
}

void ranks_combine(struct ranks *ranks, struct tally *tally)
{
	if (ranks->calls)
		ranks->calls->combine(ranks, tally);
}

void ranks_share(struct ranks *ranks, size_t from, void *bytes, size_t size)
{
	if (ranks->calls)
		ranks->calls->share(ranks, from, bytes, size);
}

int ranks_collect(struct ranks *ranks, const char *bytes, size_t size,
		  ranks_take take, void *arg)
{
	return ranks->calls
		       ? ranks->calls->collect(ranks, bytes, size, take, arg)
		       : 0;
}

int ranks_peers(struct ranks *ranks, const void *bytes, size_t size,
		struct peers *peers)
{
	if (ranks->calls)
		return ranks->calls->peers(ranks, bytes, size, peers);
	*peers = (struct peers){.count = 1, .bytes = malloc(size)};
	if (!peers->bytes)
		return -ENOMEM;
	memcpy(peers->bytes, bytes, size);
	return 0;
}

void ranks_leave(struct ranks *ranks)
{
	if (ranks->calls)
		ranks->calls->leave(ranks);
}

int64_t ranks_most(struct ranks *ranks, int64_t value)
{
	struct tally tally = {.most = {value}};

	ranks_combine(ranks, &tally);
	return tally.most[0];
}

/* The lowest rank of which `is` holds, or the number of ranks. */
static size_t first_rank(struct ranks *ranks, bool is)
{
	int64_t before = is ? (int64_t)(ranks->count - ranks->rank) : 0;

	return ranks->count - (size_t)ranks_most(ranks, before);
}

/* Rank 0 has written its own. */
static void tell(struct ranks *ranks, size_t from)
{
	char text[RANKS_TEXT_MAX + sizeof ranks->host + 64] = "";

	if (ranks->rank == from)
		snprintf(text, sizeof text, "rank %zu on %s: %s", from,
			 ranks->host,
			 ranks->kept[0] ? ranks->kept : "it failed");
	ranks_share(ranks, from, text, sizeof text);
	if (ranks_lead(ranks) && from)
		message_error("%s", text);
}

int ranks_agree(struct ranks *ranks, int error)
{
	size_t first;

	if (!ranks->calls)
		return error;
	first = first_rank(ranks, error != 0);
	if (first == ranks->count)
		return 0;
	tell(ranks, first);
	return -ECANCELED;
}

static size_t line_length(const char *text)
{
	return strcspn(text, "\n");
}

/* The lines in which the texts differ first. */
static void find_difference(const char **a, const char **b)
{
	for (;;) {
		size_t x = line_length(*a), y = line_length(*b);

		if (x != y || memcmp(*a, *b, x) != 0 || !(*a)[x] || !(*b)[y])
			return;
		*a += x + 1;
		*b += y + 1;
	}
}

static int hold_against(const char *own, const char *first, const char *what,
			const char *remedy)
{
	if (!strcmp(own, first))
		return 0;
	find_difference(&own, &first);
	message_error("%s is not that of rank 0: '%.*s' instead of '%.*s'; %s",
		      what, (int)line_length(own), own, (int)line_length(first),
		      first, remedy);
	return -EINVAL;
}

/* NULL without memory. */
static char *write_text(ranks_describe describe, const void *arg)
{
	char *bytes = NULL;
	size_t size;
	FILE *text = open_memstream(&bytes, &size);
	int error;

	if (!text)
		return NULL;
	describe(arg, text);
	error = ferror(text);
	if (!fclose(text) && !error)
		return bytes;
	free(bytes);
	return NULL;
}

/* That of rank 0; NULL in all ranks where one has no memory. */
static char *share_text(struct ranks *ranks, const char *own)
{
	uint64_t shared = own ? strlen(own) + 1 : 0;
	size_t size;
	char *first;

	ranks_share(ranks, 0, &shared, sizeof shared);
	size = (size_t)shared;
	first = calloc(size + 1, 1);
	if (!own || !first)
		message_error("cannot compare ranks: %s", strerror(ENOMEM));
	if (ranks_agree(ranks, own && first ? 0 : -ENOMEM) || !own || !first) {
		free(first);
		return NULL;
	}
	if (ranks_lead(ranks))
		memcpy(first, own, size);
	ranks_share(ranks, 0, first, size);
	return first;
}

int ranks_compare(struct ranks *ranks, ranks_describe describe, const void *arg,
		  const char *what, const char *remedy)
{
	char *own, *first;
	int error = -ECANCELED;

	if (ranks->count == 1)
		return 0;
	own = write_text(describe, arg);
	first = share_text(ranks, own);
	if (own && first)
		error = ranks_agree(ranks,
				    hold_against(own, first, what, remedy));
	free(own);
	free(first);
	return error;
}

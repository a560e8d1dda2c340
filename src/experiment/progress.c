/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "experiment/progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/message.h"

/* Not before, and not more often than: a terminal takes time too. */
#define FIRST_NS (1 * NS_PER_S)
#define EVERY_NS (NS_PER_S / 10)

#define LINE_MAX_WIDTH 79

void progress_begin(struct progress *progress, const struct options *options,
		    size_t total)
{
	*progress = (struct progress){
		.wanted = options->progress == WHEN_ALWAYS ||
			  (options->progress == WHEN_AUTO && !options->quiet &&
			   isatty(STDERR_FILENO)),
		.begun_ns = clock_now(),
		.total = total,
	};
}

/* From the mean of the runs so far; nothing where more were done than were
 * expected. */
static void time_left(const struct progress *progress, int64_t elapsed,
		      char *text, size_t size)
{
	int64_t left = 0;

	*text = '\0';
	if (progress->done && progress->done < progress->total)
		left = (int64_t)((double)elapsed / (double)progress->done *
				 (double)(progress->total - progress->done));
	if (left)
		snprintf(text, size, ", %lld:%02lld left",
			 (long long)(left / NS_PER_S / 60),
			 (long long)(left / NS_PER_S % 60));
}

void progress_run(struct progress *progress, const struct config *config,
		  size_t round)
{
	const struct config_record *r = &config->record;
	int64_t now = clock_now(), elapsed = now - progress->begun_ns;
	char left[40], text[LINE_MAX_WIDTH + 1], name[32] = "warm-up";

	if (!progress->wanted)
		return;
	if (elapsed >= FIRST_NS && now - progress->drawn_ns >= EVERY_NS) {
		if (round)
			snprintf(name, sizeof name, "round %zu", round);
		time_left(progress, elapsed, left, sizeof left);
		snprintf(text, sizeof text,
			 "configuration %lld (%s, %lld), %s, run %zu of "
			 "%zu%s",
			 (long long)r->config, r->mode, (long long)r->workers,
			 name, progress->done + 1, progress->total, left);
		message_progress(text);
		progress->drawn_ns = now;
	}
	progress->done++;
}

void progress_end(struct progress *progress)
{
	if (progress->wanted)
		message_progress(NULL);
}

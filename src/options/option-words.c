/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "options/option-words.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/message.h"
#include "base/number.h"
#include "kernels/kernel.h"
#include "options/option-table.h"
#include "options/options.h"
#include "plan/plan.h"
#include "report/report.h"
#include "run/executor.h"
#include "run/ipc.h"
#include "run/sharing.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

const char *option_mode_word(size_t i)
{
	const struct executor *executor = executor_at(i);

	return executor ? executor->name : NULL;
}

const char *option_sharing_word(size_t i)
{
	const struct sharing *sharing = sharing_at(i);

	return sharing ? sharing->name : NULL;
}

const char *option_ipc_word(size_t i)
{
	const struct ipc *ipc = ipc_at(i);

	return ipc ? ipc->name : NULL;
}

const char *option_bind_word(size_t i)
{
	return plan_policy_name(i, NULL);
}

const char *option_report_word(size_t i)
{
	return i < REPORT_KINDS ? report_table((enum report_kind)i)->name
				: NULL;
}

/* Words that stand for more than one row, before the rows. */
const char *option_kernel_word(size_t i)
{
	static const char *const words[] = {"auto", "all"};
	size_t count;
	const struct kernel *kernels = kernel_table(&count);

	if (i < COUNT(words))
		return words[i];
	i -= COUNT(words);
	return i < count ? kernels[i].name : NULL;
}

const char *option_workers_word(size_t i)
{
	static const char *const words[] = {
		[WORKERS_CORES] = "cores",
		[WORKERS_PUS] = "pus",
	};

	return i < COUNT(words) ? words[i] : NULL;
}

const char *option_order_word(size_t i)
{
	static const char *const words[] = {
		[ORDER_INTERLEAVE] = "interleave",
		[ORDER_SHUFFLE] = "shuffle",
		[ORDER_SEQUENTIAL] = "sequential",
	};

	return i < COUNT(words) ? words[i] : NULL;
}

const char *option_sweep_word(size_t i)
{
	static const char *const words[] = {
		[SWEEP_PLACES - 1] = "places",
		[SWEEP_PAIRS - 1] = "pairs",
	};

	return i < COUNT(words) ? words[i] : NULL;
}

const char *option_progress_word(size_t i)
{
	static const char *const words[] = {
		[WHEN_AUTO] = "auto",
		[WHEN_ALWAYS] = "always",
		[WHEN_NEVER] = "never",
	};

	return i < COUNT(words) ? words[i] : NULL;
}

int option_word_index(const char *(*word)(size_t i), const char *text)
{
	const char *name;

	for (int i = 0; (name = word((size_t)i)); i++)
		if (!strcmp(text, name))
			return i;
	return -EINVAL;
}

static const char *join(const struct option_row *row,
			char text[OPTION_TEXT_MAX])
{
	const char *word;
	size_t length = 0;

	text[0] = '\0';
	for (size_t i = 0; (word = row->word(i)); i++) {
		snprintf(text + length, OPTION_TEXT_MAX - length, "%s%s",
			 i ? ", " : "", word);
		length += strlen(text + length);
	}
	return text;
}

const char *option_help(const struct option_row *row,
			char text[OPTION_TEXT_MAX])
{
	const char *mark = row->word ? strchr(row->help, '%') : NULL;
	char words[OPTION_TEXT_MAX];

	if (mark)
		snprintf(text, OPTION_TEXT_MAX, "%.*s%s%s",
			 (int)(mark - row->help), row->help, join(row, words),
			 mark + 1);
	else
		snprintf(text, OPTION_TEXT_MAX, "%s", row->help);
	return text;
}

int option_none_of(const char *option, const char *text, const char *or_else)
{
	char words[OPTION_TEXT_MAX];

	message_error("--%s: '%s' is none of %s%s", option, text,
		      join(option_find(option), words), or_else);
	return -EINVAL;
}

int option_time(const char *option, const char *text, int64_t *ns)
{
	int64_t parsed = 0;

	if (number_parse_duration(text, &parsed) || parsed <= 0) {
		message_error("--%s: '%s' is not a time such as 200us, 5ms, "
			      "2s or 10m",
			      option, text);
		return -EINVAL;
	}
	*ns = parsed;
	return 0;
}

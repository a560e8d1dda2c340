/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "report/picture.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/message.h"

/* Levels that are drawn where the machine has them, and how a PU names its
 * object of that level; each inside of the one before. */
static const struct {
	const char *name;
	size_t offset; /* of an index in struct pu */
} levels[] = {
	{"package", offsetof(struct pu, package)},
	{"die", offsetof(struct pu, die)},
	{"numanode", offsetof(struct pu, numa)},
	{"llc", offsetof(struct pu, llc)},
	{"core", offsetof(struct pu, core)},
};

#define LEVELS (sizeof levels / sizeof *levels)

/* More workers on one PU are counted, not named. */
#define NAMED_MAX 4

struct picture {
	const struct machine *machine;
	const struct plan *plan;
	FILE *out;
	size_t *start; /* by PU: its workers are worker[start[pu]...] */
	size_t *worker;
	bool drawn[LEVELS];
};

static int index_of(const struct pu *pu, size_t level)
{
	int index;

	memcpy(&index, (const char *)pu + levels[level].offset, sizeof index);
	return index;
}

/* A level with one object in all, or none, tells nothing; the core does. */
static void choose_levels(struct picture *p)
{
	for (size_t l = 0; l < LEVELS; l++) {
		int first = index_of(&p->machine->pus[0], l);
		bool several = false;

		for (unsigned i = 1; i < p->machine->pu_count; i++)
			several |= index_of(&p->machine->pus[i], l) != first;
		p->drawn[l] = several || (l == LEVELS - 1 && first != NONE);
	}
}

/* Workers by PU: counted, then dealt into one array. */
static int index_workers(struct picture *p)
{
	const struct plan *plan = p->plan;
	size_t total = 0, *next;

	p->start = calloc(p->machine->pu_count + 2, sizeof *p->start);
	if (!p->start)
		return -ENOMEM;
	next = p->start + 1;
	for (size_t w = 0; w < plan->workers; w++)
		for (size_t k = 0; k < plan->seats[w].count; k++, total++)
			next[plan->pus[plan->seats[w].first + k] + 1]++;
	for (unsigned i = 0; i < p->machine->pu_count; i++)
		next[i + 1] += next[i];
	p->worker = calloc(total + 1, sizeof *p->worker);
	if (!p->worker)
		return -ENOMEM;
	/* Each is advanced to the start of the one after it. */
	for (size_t w = 0; w < plan->workers; w++)
		for (size_t k = 0; k < plan->seats[w].count; k++)
			p->worker[next[plan->pus[plan->seats[w].first +
						 k]]++] = w;
	return 0;
}

static void draw_workers(const struct picture *p, unsigned pu)
{
	size_t first = p->start[pu], count = p->start[pu + 1] - first;

	for (size_t i = 0; i < count && i < NAMED_MAX; i++)
		fprintf(p->out, "%sw%zu", i ? "," : "", p->worker[first + i]);
	if (count > NAMED_MAX)
		fprintf(p->out, ",+%zu", count - NAMED_MAX);
	if (!count)
		fputc(p->machine->pus[pu].usable ? '-' : 'x', p->out);
}

/* Headings of the levels in which this PU differs from the one before. */
static void draw_levels(const struct picture *p, unsigned i)
{
	const struct pu *pu = &p->machine->pus[i];
	bool changed = false;
	int indent = 0;

	for (size_t l = 0; l < LEVELS; l++) {
		int index = index_of(pu, l);

		if (!p->drawn[l])
			continue;
		changed |= i == 0 || index != index_of(pu - 1, l);
		if (changed && index != NONE)
			fprintf(p->out, "\n%*s%s %d", indent, "",
				levels[l].name, index);
		indent += 2;
	}
}

static void draw(const struct picture *p)
{
	bool any = false;

	for (size_t l = 0; l < LEVELS; l++)
		any |= p->drawn[l];
	if (!any)
		fputc('\n', p->out);
	for (unsigned i = 0; i < p->machine->pu_count; i++) {
		draw_levels(p, i);
		fprintf(p->out, "  cpu%u:", p->machine->pus[i].os);
		draw_workers(p, i);
	}
	fputs("\n", p->out);
}

static bool same_plan(const struct config *a, const struct config *b)
{
	return a->setup.workers == b->setup.workers &&
	       a->team.first == b->team.first &&
	       a->team.second == b->team.second &&
	       a->bind.policy == b->bind.policy &&
	       a->bind.seed == b->bind.seed;
}

static bool is_drawn_already(const struct experiment *e, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (same_plan(&e->configs[k], &e->configs[i]))
			return true;
	return false;
}

/* "single, thread: 1 worker, places cores, bind close" */
static void draw_title(const struct experiment *e, size_t i, FILE *out)
{
	const struct config_record *record = &e->configs[i].record;
	const char *last = NULL;

	for (size_t k = i; k < e->count; k++) {
		const char *mode = e->configs[k].record.mode;

		if (!same_plan(&e->configs[k], &e->configs[i]) || mode == last)
			continue;
		fprintf(out, "%s%s", last ? ", " : "", mode);
		last = mode;
	}
	fprintf(out, ": %lld worker%s, places %s, bind %s",
		(long long)record->workers, record->workers == 1 ? "" : "s",
		record->places, record->bind);
}

static int draw_plan(const struct experiment *e, size_t i, FILE *out)
{
	struct picture p = {.machine = e->machine,
			    .plan = &e->configs[i].plan,
			    .out = out};
	int error = index_workers(&p);

	if (!error) {
		choose_levels(&p);
		draw_title(e, i, out);
		if (plan_policy_pins(&e->configs[i].bind))
			draw(&p);
		else
			fprintf(out, "\n  not pinned: CPUs %s\n",
				e->inherited_text);
	}
	free(p.start);
	free(p.worker);
	return error;
}

int picture_write(const struct experiment *e, FILE *out)
{
	int error = 0;

	for (size_t i = 0; i < e->count && !error; i++) {
		if (is_drawn_already(e, i))
			continue;
		if (i)
			fputc('\n', out);
		error = draw_plan(e, i, out);
	}
	fputs("\nwN: worker N; -: free; x: may not be used\n", out);
	errno = 0;
	if (!error && (fflush(out) || ferror(out)))
		error = -(errno ? errno : EIO);
	if (error)
		message_error("cannot write the plan: %s", strerror(-error));
	return error;
}

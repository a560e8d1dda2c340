/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "kernels/kernel.h"

#include <inttypes.h>
#include <string.h>

#include "cases.h"
#include "tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define QUADRILLION  UINT64_C(1000000000000000)
#define LONGEST_TAIL 600
#define FOLDED	     UINT64_C(2000003) /* more than the lanes of any hold */

/* One integer after the other. */
static struct u128 naive(uint64_t first, uint64_t count)
{
	struct u128 total = {0, 0};

	for (uint64_t i = 0; i < count; i++)
		total = u128_add64(total, first + i);
	return total;
}

/* Whether the sum is right, with a note where it is not; true, too, where the
 * kernel does not apply to the range. */
static bool right(const struct kernel *k, uint64_t first, uint64_t count,
		  struct u128 want)
{
	struct u128 got;

	if (count > 0 && first + count - 1 > k->last_max)
		return true;
	got = k->sum(first, count);
	if (u128_equal(got, want))
		return true;
	tap_note("%s: %" PRIu64 " from %" PRIu64 ": got %016" PRIx64
		 "%016" PRIx64 ", want %016" PRIx64 "%016" PRIx64,
		 k->name, count, first, got.hi, got.lo, want.hi, want.lo);
	return false;
}

static bool right_by_formula(const struct kernel *k, uint64_t first,
			     uint64_t count)
{
	return right(k, first, count, u128_sum_range(first, count));
}

/* Every short range at a given start. */
static void check_starts(const struct kernel *k)
{
	static const uint64_t firsts[] = {
		0,
		1,
		2,
		3,
		7,
		13,
		63,
		64,
		65,
		299999999,
		(UINT64_C(1) << 31) - 300,
		(UINT64_C(1) << 32) - 300,
		(UINT64_C(1) << 32) - 1,
		UINT64_C(1) << 32,
		(UINT64_C(1) << 53) - 300,
		QUADRILLION - LONGEST_TAIL + 1,
		UINT64_C(1) << 63,
	};

	for (size_t i = 0; i < COUNT(firsts); i++) {
		bool pass = true;

		for (uint64_t n = 0; n <= LONGEST_TAIL; n++)
			pass &= right(k, firsts[i], n, naive(firsts[i], n));
		if (firsts[i] <= k->last_max)
			tap_ok(pass, "%s: 0 to 600 integers from %" PRIu64,
			       k->name, firsts[i]);
	}
}

/* Every short range that ends with the greatest integer. */
static void check_ends(const struct kernel *k)
{
	bool pass = true;

	for (uint64_t n = 1; n <= LONGEST_TAIL; n++) {
		uint64_t first = k->last_max - n + 1;

		pass &= right(k, first, n, naive(first, n));
	}
	tap_ok(pass, "%s: 1 to 600 integers up to its greatest", k->name);
}

/* On both sides of each bound where a 32-bit lane takes one addition fewer,
 * and where a 64-bit lane does. */
static void check_overflow(const struct kernel *k)
{
	bool narrow = true, wide = true;

	for (uint64_t additions = 1; additions <= 100; additions++) {
		uint64_t last = UINT32_MAX / additions;

		for (uint64_t n = 4000; n < 4100; n += 9) {
			narrow &= right_by_formula(k, last - n + 1, n);
			narrow &= right_by_formula(k, last - n + 2, n);
		}
	}
	tap_ok(narrow, "%s: 32-bit lanes at each bound", k->name);
	for (uint64_t additions = 1; additions <= 100; additions++) {
		uint64_t last = UINT64_MAX / additions - 1;

		wide &= right_by_formula(k, last - 8190, 8191);
		wide &= right_by_formula(k, last - 8189, 8191);
	}
	if (k->last_max == UINT64_MAX)
		tap_ok(wide, "%s: 64-bit lanes at each bound", k->name);
}

static void check_long(const struct kernel *k)
{
	bool pass = true;

	tap_ok(right_by_formula(k, 1, FOLDED), "%s: from 1", k->name);
	tap_ok(right_by_formula(k, UINT32_MAX - FOLDED + 1, FOLDED),
	       "%s: up to 2^32 - 1", k->name);
	if (k->last_max < QUADRILLION)
		return;
	tap_ok(right_by_formula(k, UINT32_MAX - FOLDED / 2, FOLDED),
	       "%s: across 2^32", k->name);
	for (int bit = 33; bit < 64; bit++)
		pass &= right_by_formula(k, (UINT64_C(1) << bit) + 1, 20011);
	tap_ok(pass, "%s: from each power of two", k->name);
	tap_ok(right_by_formula(k, QUADRILLION - FOLDED + 1, FOLDED),
	       "%s: folded in time, up to 10^15", k->name);
}

static void check_random(const struct kernel *k)
{
	uint64_t seed = 20240229;
	bool pass = true;

	for (int i = 0; i < 300; i++) {
		uint64_t most =
			k->last_max < QUADRILLION ? k->last_max : QUADRILLION;
		uint64_t count = cases_random(&seed) % 50000;
		uint64_t first = cases_random(&seed) % (most - count);

		/* Sizes of all magnitudes, not only the largest. */
		first >>= cases_random(&seed) % 50;
		pass &= right_by_formula(k, first, count);
	}
	tap_ok(pass, "%s: 300 random ranges", k->name);
}

/* A sum is the same in parts. */
static void check_parts(const struct kernel *k)
{
	const uint64_t first = 12345, count = 70001;
	struct u128 want = u128_sum_range(first, count);
	bool pass = true;

	for (uint64_t part = 1; part < 3000; part = part * 3 + 1) {
		struct u128 total = {0, 0};

		for (uint64_t done = 0; done < count; done += part) {
			uint64_t left = count - done;

			total = u128_add(total,
					 k->sum(first + done,
						left < part ? left : part));
		}
		pass &= u128_equal(total, want);
	}
	tap_ok(pass, "%s: parts make up the whole", k->name);
}

static void check_table(void)
{
	size_t count;
	const struct kernel *table = kernel_table(&count);

	tap_ok(count >= 3, "there are kernels for any machine");
	for (size_t i = 0; i < count; i++) {
		const struct kernel *k = &table[i];

		tap_ok(kernel_find(k->name) == k && k->summary[0] != '\0' &&
			       k->chunk >= 1000000,
		       "%s: found, described, with a chunk", k->name);
		tap_ok(!kernel_applies(k, k->last_max) == !k->supported(),
		       "%s: applies up to its greatest integer", k->name);
		if (k->last_max < UINT64_MAX)
			tap_ok(!kernel_applies(k, k->last_max + 1),
			       "%s: and not above", k->name);
	}
	tap_ok(!kernel_find("") && !kernel_find("sse") && !kernel_find("auto"),
	       "other names are not found");
}

/* `auto` at the bounds of its data: what it takes applies, and no row below
 * it would have done. */
static void check_fastest(void)
{
	static const uint64_t lasts[] = {
		0,
		1,
		300000000,
		(UINT64_C(1) << 31) - 1,
		UINT64_C(1) << 31,
		UINT32_MAX - 1,
		UINT32_MAX,
		UINT64_C(1) << 32,
		QUADRILLION,
		UINT64_MAX,
	};
	size_t count;
	const struct kernel *table = kernel_table(&count);

	for (size_t i = 0; i < COUNT(lasts); i++) {
		const struct kernel *k = kernel_fastest(lasts[i], lasts[i]);
		bool pass = kernel_applies(k, lasts[i]) &&
			    lasts[i] <= k->auto_middle;

		for (const struct kernel *l = k + 1; l < table + count; l++)
			pass &= !kernel_applies(l, lasts[i]) ||
				lasts[i] > l->auto_middle || !l->auto_on();
		tap_ok(pass, "auto for %" PRIu64 " is %s", lasts[i], k->name);
	}
	tap_ok(kernel_fastest(1, UINT32_MAX) == kernel_fastest(1, 1000) &&
		       kernel_fastest(4, UINT32_MAX)->last_max == UINT64_MAX,
	       "auto goes by the middle of the range");
}

int main(void)
{
	size_t count;
	const struct kernel *table = kernel_table(&count);

	check_table();
	check_fastest();
	for (size_t i = 0; i < count; i++) {
		if (!table[i].supported()) {
			tap_skip(table[i].name, "this CPU does not run it");
			continue;
		}
		check_starts(&table[i]);
		check_ends(&table[i]);
		check_overflow(&table[i]);
		check_long(&table[i]);
		check_random(&table[i]);
		check_parts(&table[i]);
	}
	return tap_done();
}

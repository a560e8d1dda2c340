/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of kernels, whether this CPU runs each, and the choice of the
 * fastest.  Built for the baseline: nothing here may need more than that.
 */
#include <config.h>

#include "kernel.h"

#include <string.h>
#ifdef HAVE_KERNEL_AVX512
#include <cpuid.h>
#endif
#ifdef HAVE_KERNEL_NEON
#include <sys/auxv.h>
#endif

#include "kernels.h"

static bool any_cpu(void)
{
	return true;
}

/* The CPU's features, where the system keeps the registers that they need.  The
 * C library has asked at its start; the compiler's own check would ask again,
 * each time an exit to the hypervisor where there is one. */
#ifdef HAVE_KERNEL_SSE2
#if defined __GLIBC__ && __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#define CPU_HAS(feature, name) CPU_FEATURE_ACTIVE(feature)
#else
#define CPU_HAS(feature, name)                                                 \
	(__builtin_cpu_init(), __builtin_cpu_supports(name))
#endif

static bool has_sse2(void)
{
	return CPU_HAS(SSE2, "sse2");
}
#endif

#ifdef HAVE_KERNEL_AVX2
static bool has_avx2(void)
{
	return CPU_HAS(AVX2, "avx2");
}
#endif

#ifdef HAVE_KERNEL_AVX512
static bool has_avx512f(void)
{
	return CPU_HAS(AVX512F, "avx512f");
}

/* A CPU that takes a 512-bit operation in halves (AMD's Zen 4) adds a tenth
 * fewer integers a cycle with them.  AMD alone has this leaf, and says there
 * how wide its units are. */
static bool whole_512(void)
{
	enum { FP256 = 1 << 2, FP512 = 1 << 3 };
	unsigned int eax, ebx, ecx, edx;

	if (!__get_cpuid(0x8000001a, &eax, &ebx, &ecx, &edx))
		return true;
	return (eax & (FP256 | FP512)) != FP256;
}
#endif

#ifdef HAVE_KERNEL_NEON
static bool has_neon(void)
{
	return getauxval(AT_HWCAP) & HWCAP_ASIMD;
}
#endif

/* A 32-bit lane must hold every integer whole. */
#define LAST_32 UINT32_MAX

/* A vector of 32-bit lanes takes 2 + 2 / G operations, G the additions between
 * two widenings, and two of 64-bit lanes with as many integers take 4: a draw
 * at G = 1, that is, from 2^31 on. */
#define AUTO_32 (UINT32_C(1) << 31)

/* The slowest first. */
static const struct kernel table[] = {
	{
		.name = "chain",
		.summary = "one dependent addition for each integer: "
			   "the clock meter",
		.sum = kernel_chain,
		.supported = any_cpu,
		.last_max = UINT64_MAX,
		.auto_middle = UINT64_MAX,
		.auto_on = any_cpu,
		.chunk = UINT64_C(3000000),
	},
	{
		.name = "portable",
		.summary = "one 128-bit accumulator, for any machine",
		.sum = kernel_portable,
		.supported = any_cpu,
		.last_max = UINT64_MAX,
		.auto_middle = UINT64_MAX,
		.auto_on = any_cpu,
		.chunk = UINT64_C(3000000),
	},
	{
		.name = "scalar",
		.summary = "4 accumulators in general registers",
		.sum = kernel_scalar,
		.supported = any_cpu,
		.last_max = UINT64_MAX,
		.auto_middle = UINT64_MAX,
		.auto_on = any_cpu,
		.chunk = UINT64_C(8000000),
	},
#ifdef HAVE_KERNEL_SSE2
	{
		.name = "sse2",
		.summary = "SSE2, 2 lanes of 64 bits, 4 accumulators",
		.sum = kernel_sse2,
		.supported = has_sse2,
		.last_max = UINT64_MAX,
		.auto_middle = UINT64_MAX,
		.auto_on = any_cpu,
		.chunk = UINT64_C(9000000),
	},
#endif
#ifdef HAVE_KERNEL_AVX2
	{
		.name = "avx2",
		.summary = "AVX2, 4 lanes of 64 bits, 4 accumulators",
		.sum = kernel_avx2,
		.supported = has_avx2,
		.last_max = UINT64_MAX,
		.auto_middle = UINT64_MAX,
		.auto_on = any_cpu,
		.chunk = UINT64_C(18000000),
	},
	{
		.name = "avx2-32",
		.summary = "AVX2, 8 lanes of 32 bits, widened in time",
		.sum = kernel_avx2_32,
		.supported = has_avx2,
		.last_max = LAST_32,
		.auto_middle = AUTO_32,
		.auto_on = any_cpu,
		.chunk = UINT64_C(32000000),
	},
#endif
#ifdef HAVE_KERNEL_AVX512
	{
		.name = "avx512",
		.summary = "AVX-512, 8 lanes of 64 bits, 4 accumulators",
		.sum = kernel_avx512,
		.supported = has_avx512f,
		.last_max = UINT64_MAX,
		.auto_middle = UINT64_MAX,
		.auto_on = whole_512,
		.chunk = UINT64_C(24000000),
	},
	{
		.name = "avx512-32",
		.summary = "AVX-512, 16 lanes of 32 bits, widened in time",
		.sum = kernel_avx512_32,
		.supported = has_avx512f,
		.last_max = LAST_32,
		.auto_middle = AUTO_32,
		.auto_on = whole_512,
		.chunk = UINT64_C(45000000),
	},
#endif
#ifdef HAVE_KERNEL_NEON
	{
		.name = "neon",
		.summary = "NEON, 2 lanes of 64 bits, 4 accumulators",
		.sum = kernel_neon,
		.supported = has_neon,
		.last_max = UINT64_MAX,
		.auto_middle = UINT64_MAX,
		.auto_on = any_cpu,
		.chunk = UINT64_C(12000000),
	},
	{
		.name = "neon-32",
		.summary = "NEON, 4 lanes of 32 bits, widened in time",
		.sum = kernel_neon_32,
		.supported = has_neon,
		.last_max = LAST_32,
		.auto_middle = AUTO_32,
		.auto_on = any_cpu,
		.chunk = UINT64_C(22000000),
	},
#endif
};

enum { KERNELS = sizeof(table) / sizeof(table[0]) };

const struct kernel *kernel_table(size_t *count)
{
	*count = KERNELS;
	return table;
}

const struct kernel *kernel_find(const char *name)
{
	for (size_t i = 0; i < KERNELS; i++)
		if (strcmp(table[i].name, name) == 0)
			return &table[i];
	return NULL;
}

bool kernel_applies(const struct kernel *k, uint64_t last)
{
	return last <= k->last_max && k->supported();
}

const struct kernel *kernel_fastest(uint64_t first, uint64_t last)
{
	uint64_t middle = first + (last - first) / 2;
	size_t i = KERNELS - 1;

	/* The first row runs everywhere, on any range. */
	while (i > 0 &&
	       (middle > table[i].auto_middle ||
		!kernel_applies(&table[i], last) || !table[i].auto_on()))
		i--;
	return &table[i];
}

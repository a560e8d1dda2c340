# SPDX-License-Identifier: GPL-3.0-or-later
# The rows of bench/kernels in, a row for each kernel out: medians over the
# rounds, of the ratios within a round. Speed is the hand-written loop's time
# over the kernel's: below 0.97 it falls short.

function median(values, n,    i, j, value) {
    for (i = 2; i <= n; i++) {
        value = values[i]
        for (j = i - 1; j > 0 && values[j] > value; j--)
            values[j + 1] = values[j]
        values[j + 1] = value
    }
    return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
}

BEGIN { FS = "\t"; OFS = "\t" }

NR == 1 {
    for (i = 1; i <= NF; i++)
        column[$i] = i
    next
}

{
    name = $column["kernel"]
    if (!(name in rounds))
        order[++kernels] = name
    n = ++rounds[name]
    cycles[name, n] = $column["chain_ns"] / $column["ns"]
    if ($column["floor_ns"] != "NA")
        speed[name, n] = $column["floor_ns"] / $column["ns"]
}

END {
    print "kernel", "per_cycle", "speed", "verdict"
    for (k = 1; k <= kernels; k++) {
        name = order[k]
        for (i = 1; i <= rounds[name]; i++) {
            a[i] = cycles[name, i]
            b[i] = speed[name, i]
        }
        verdict = ratio = "NA"
        if ((name, 1) in speed && speed[name, 1] != "") {
            ratio = median(b, rounds[name])
            verdict = ratio >= 0.97 ? "reached" : "short"
            ratio = sprintf("%.3f", ratio)
        }
        print name, sprintf("%.2f", median(a, rounds[name])), ratio, verdict
    }
}

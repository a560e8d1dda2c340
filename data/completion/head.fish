# pinsum's options and their values for fish.
# SPDX-License-Identifier: GPL-3.0-or-later

# What is completed, without the option that stands before it.
function __pinsum_value
    commandline -ct | string replace -r -- '^(--[^=]*=|-[a-zA-Z])' ''
end

# The words, after those of the list that are there already.
function __pinsum_list
    set -l there (__pinsum_value | string match -r -- '^.*,')
    printf '%s\n' "$there"$argv
end

function __pinsum_kernels
    set -l program (commandline -opc)[1]
    __pinsum_list $argv ($program --list-kernels 2>/dev/null |
        string match -r -g '^(\S+)\s+yes\s')
end

function __pinsum_reports
    set -l value (__pinsum_value)
    if set -l name (string match -r -- '^[a-z]+:' $value)
        printf '%s\n' $name(__fish_complete_path (string replace -- $name '' $value) |
            string replace -r '\t.*' '')
    else
        printf '%s\n' $argv
    end
end

# Those of the report said before the colon, or asked for on the line, or of
# the default one.
function __pinsum_output
    set -l report summary
    set -l line (commandline -opc)" "
    if string match -qr -- '^(-n|--dry-run) $' $line
        set report plan
    end
    set -l asked (string match -r -g -- '(?:^| )(?:-R|--report)[= ]*([a-z]+)' "$line")
    if set -q asked[1]
        set report $asked[-1]
    end
    set -l there (__pinsum_value | string match -r -- '^(?:[a-z]+:)?\+?(?:.*,)?')
    if set -l name (string match -r -g -- '^([a-z]+):' $there)
        set report $name
    end
    printf '%s\n' "$there"(__pinsum_columns $report)
end


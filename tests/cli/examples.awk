# SPDX-License-Identifier: GPL-3.0-or-later
# A manual page's examples, into the folder `dir`: each as it is typed into
# NUMBER.sh, what the page shows of its output into NUMBER.out; NUMBER.exact
# where all of that is to be seen.

/^\.\\" exact$/ { exact = 1; next }
/^\.EX$/ { inside = 1; next }
/^\.EE$/ { inside = exact = 0 }
!inside { next }

{
	gsub(/\\\(aq/, "\047")
	gsub(/\\\(ha/, "^")
	gsub(/\\\(ti/, "~")
	gsub(/\\\(ga/, "`")
	gsub(/\\&/, "")
	gsub(/\\-/, "-")
	gsub(/\\e/, "\\")
}

/^\$ / {
	name = sprintf("%s/%02d", dir, ++n)
	print substr($0, 3) >(name ".sh")
	printf "" >(name ".out")
	if (exact)
		print "" >(name ".exact")
	next
}

/^> / { print substr($0, 3) >(name ".sh"); next }

{ print >(name ".out") }

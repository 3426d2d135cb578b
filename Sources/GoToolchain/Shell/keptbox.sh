#!/bin/sh
# Runs one program after the other in a box, by what the folder that it is given has: a line of the pipe "in" for each,
# whose command is in the file "run". It ends as soon as nobody hears of it: who started it may have been killed while
# the box was being made, which does not end it by itself yet.
echo ready || exit
while IFS= read -r run; do
	( . "$1/run" )
	status=$?
	kill -9 -1 2>/dev/null && status="$status left"
	echo "$run $status" || exit
done <"$1/in"

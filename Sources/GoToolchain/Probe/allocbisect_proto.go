package testing

import (
	"encoding/binary"
	"runtime"
	"strings"
)

// allocbisectProfile is a heap profile in which each address is a location with one line.
type allocbisectProfile struct {
	message   []byte
	texts     map[string]uint64
	functions map[[2]string]uint64
	locations map[uintptr]bool
}

// allocbisectFrames are the calls that are known by their addresses.
var allocbisectFrames = map[uintptr]runtime.Frame{}

func allocbisectNewProfile() *allocbisectProfile {
	p := &allocbisectProfile{
		texts: map[string]uint64{}, functions: map[[2]string]uint64{}, locations: map[uintptr]bool{},
	}
	p.text("")
	for _, kind := range [][2]string{
		{"alloc_objects", "count"}, {"alloc_space", "bytes"}, {"inuse_objects", "count"}, {"inuse_space", "bytes"},
	} {
		p.part(1, allocbisectFields(1, p.text(kind[0]), 2, p.text(kind[1])))
	}
	p.part(11, allocbisectFields(1, p.text("space"), 2, p.text("bytes")))
	p.message = append(p.message, allocbisectFields(12, 1)...)
	return p
}

// allocbisectFields encodes numbers, each after the number of its field.
func allocbisectFields(numbers ...uint64) []byte {
	var message []byte
	for at := 0; at < len(numbers); at += 2 {
		message = binary.AppendUvarint(message, numbers[at]<<3)
		message = binary.AppendUvarint(message, numbers[at+1])
	}
	return message
}

// part adds a field that has a length.
func (p *allocbisectProfile) part(field uint64, content []byte) {
	p.message = binary.AppendUvarint(p.message, field<<3|2)
	p.message = binary.AppendUvarint(p.message, uint64(len(content)))
	p.message = append(p.message, content...)
}

func (p *allocbisectProfile) text(text string) uint64 {
	index, ok := p.texts[text]
	if !ok {
		index = uint64(len(p.texts))
		p.texts[text] = index
		p.part(6, []byte(text))
	}
	return index
}

func allocbisectFrame(pc uintptr) runtime.Frame {
	frame, ok := allocbisectFrames[pc]
	if !ok {
		frame, _ = runtime.CallersFrames([]uintptr{pc}).Next()
		allocbisectFrames[pc] = frame
	}
	return frame
}

func (p *allocbisectProfile) function(frame runtime.Frame) uint64 {
	id, ok := p.functions[[2]string{frame.Function, frame.File}]
	if !ok {
		id = uint64(len(p.functions) + 1)
		p.functions[[2]string{frame.Function, frame.File}] = id
		name := p.text(frame.Function)
		p.part(5, allocbisectFields(1, id, 2, name, 3, name, 4, p.text(frame.File)))
	}
	return id
}

// sample adds a stack, unless it is one of a package's initialisation, of which Go notes something before it can
// be told not to, or one of ours. As with Go's own profiles, what called the runtime is the innermost call, unless there is
// nothing else, and goexit is none.
func (p *allocbisectProfile) sample(stack []uintptr, values allocbisectValues) {
	if last := len(stack) - 1; last >= 0 && allocbisectFrame(stack[last]).Function == "runtime.goexit" {
		stack = stack[:last]
	}
	for _, pc := range stack {
		name := allocbisectFrame(pc).Function
		if strings.HasPrefix(name, "runtime.doInit") || strings.HasPrefix(name, "testing.allocbisect") {
			return
		}
	}
	for at, pc := range stack {
		name := allocbisectFrame(pc).Function
		if !strings.HasPrefix(name, "runtime.") && !strings.HasPrefix(name, "internal/runtime/") {
			stack = stack[at:]
			break
		}
	}
	var ids, numbers, message []byte
	for _, pc := range stack {
		if !p.locations[pc] {
			p.locations[pc] = true
			frame := allocbisectFrame(pc)
			line := allocbisectFields(1, p.function(frame), 2, uint64(frame.Line))
			location := binary.AppendUvarint(allocbisectFields(1, uint64(pc), 3, uint64(pc)), 4<<3|2)
			p.part(4, append(binary.AppendUvarint(location, uint64(len(line))), line...))
		}
		ids = binary.AppendUvarint(ids, uint64(pc))
	}
	for _, value := range values {
		numbers = binary.AppendUvarint(numbers, uint64(value))
	}
	message = binary.AppendUvarint(append(message, 1<<3|2), uint64(len(ids)))
	message = binary.AppendUvarint(append(append(message, ids...), 2<<3|2), uint64(len(numbers)))
	p.part(2, append(message, numbers...))
}

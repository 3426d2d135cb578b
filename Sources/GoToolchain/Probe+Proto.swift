extension Probe {
    /// The part that writes `profile.proto`: https://github.com/google/pprof/blob/main/proto/profile.proto
    static let protoSource = """
        package testing

        import (
        \t"encoding/binary"
        \t"runtime"
        \t"strings"
        )

        // allocbisectProfile is a heap profile in which each address is a location with one line.
        type allocbisectProfile struct {
        \tmessage   []byte
        \ttexts     map[string]uint64
        \tfunctions map[[2]string]uint64
        \tlocations map[uintptr]bool
        }

        // allocbisectFrames are the calls that are known by their addresses.
        var allocbisectFrames = map[uintptr]runtime.Frame{}

        func allocbisectNewProfile() *allocbisectProfile {
        \tp := &allocbisectProfile{
        \t\ttexts: map[string]uint64{}, functions: map[[2]string]uint64{}, locations: map[uintptr]bool{},
        \t}
        \tp.text("")
        \tfor _, kind := range [][2]string{
        \t\t{"alloc_objects", "count"}, {"alloc_space", "bytes"}, {"inuse_objects", "count"}, {"inuse_space", "bytes"},
        \t} {
        \t\tp.part(1, allocbisectFields(1, p.text(kind[0]), 2, p.text(kind[1])))
        \t}
        \tp.part(11, allocbisectFields(1, p.text("space"), 2, p.text("bytes")))
        \tp.message = append(p.message, allocbisectFields(12, 1)...)
        \treturn p
        }

        // allocbisectFields encodes numbers, each after the number of its field.
        func allocbisectFields(numbers ...uint64) []byte {
        \tvar message []byte
        \tfor at := 0; at < len(numbers); at += 2 {
        \t\tmessage = binary.AppendUvarint(message, numbers[at]<<3)
        \t\tmessage = binary.AppendUvarint(message, numbers[at+1])
        \t}
        \treturn message
        }

        // part adds a field that has a length.
        func (p *allocbisectProfile) part(field uint64, content []byte) {
        \tp.message = binary.AppendUvarint(p.message, field<<3|2)
        \tp.message = binary.AppendUvarint(p.message, uint64(len(content)))
        \tp.message = append(p.message, content...)
        }

        func (p *allocbisectProfile) text(text string) uint64 {
        \tindex, ok := p.texts[text]
        \tif !ok {
        \t\tindex = uint64(len(p.texts))
        \t\tp.texts[text] = index
        \t\tp.part(6, []byte(text))
        \t}
        \treturn index
        }

        func allocbisectFrame(pc uintptr) runtime.Frame {
        \tframe, ok := allocbisectFrames[pc]
        \tif !ok {
        \t\tframe, _ = runtime.CallersFrames([]uintptr{pc}).Next()
        \t\tallocbisectFrames[pc] = frame
        \t}
        \treturn frame
        }

        func (p *allocbisectProfile) function(frame runtime.Frame) uint64 {
        \tid, ok := p.functions[[2]string{frame.Function, frame.File}]
        \tif !ok {
        \t\tid = uint64(len(p.functions) + 1)
        \t\tp.functions[[2]string{frame.Function, frame.File}] = id
        \t\tname := p.text(frame.Function)
        \t\tp.part(5, allocbisectFields(1, id, 2, name, 3, name, 4, p.text(frame.File)))
        \t}
        \treturn id
        }

        // sample adds a stack, unless it is one of a package's initialisation, of which Go notes something before it can
        // be told not to, or one of ours. As with Go's own profiles, what called the runtime is the innermost call, unless there is
        // nothing else, and goexit is none.
        func (p *allocbisectProfile) sample(stack []uintptr, values allocbisectValues) {
        \tif last := len(stack) - 1; last >= 0 && allocbisectFrame(stack[last]).Function == "runtime.goexit" {
        \t\tstack = stack[:last]
        \t}
        \tfor _, pc := range stack {
        \t\tname := allocbisectFrame(pc).Function
        \t\tif strings.HasPrefix(name, "runtime.doInit") || strings.HasPrefix(name, "testing.allocbisect") {
        \t\t\treturn
        \t\t}
        \t}
        \tfor at, pc := range stack {
        \t\tname := allocbisectFrame(pc).Function
        \t\tif !strings.HasPrefix(name, "runtime.") && !strings.HasPrefix(name, "internal/runtime/") {
        \t\t\tstack = stack[at:]
        \t\t\tbreak
        \t\t}
        \t}
        \tvar ids, numbers, message []byte
        \tfor _, pc := range stack {
        \t\tif !p.locations[pc] {
        \t\t\tp.locations[pc] = true
        \t\t\tframe := allocbisectFrame(pc)
        \t\t\tline := allocbisectFields(1, p.function(frame), 2, uint64(frame.Line))
        \t\t\tlocation := binary.AppendUvarint(allocbisectFields(1, uint64(pc), 3, uint64(pc)), 4<<3|2)
        \t\t\tp.part(4, append(binary.AppendUvarint(location, uint64(len(line))), line...))
        \t\t}
        \t\tids = binary.AppendUvarint(ids, uint64(pc))
        \t}
        \tfor _, value := range values {
        \t\tnumbers = binary.AppendUvarint(numbers, uint64(value))
        \t}
        \tmessage = binary.AppendUvarint(append(message, 1<<3|2), uint64(len(ids)))
        \tmessage = binary.AppendUvarint(append(append(message, ids...), 2<<3|2), uint64(len(numbers)))
        \tp.part(2, append(message, numbers...))
        }

        """
}

import Foundation

/// How the probe gets at the runtime's records of allocations by stack.
enum MemoryRecords: Equatable {
    /// As every program does: with 32 calls of each stack.
    case exported
    /// As `runtime/pprof` does from Go 1.23 on: with whole stacks. Records have the bytes of an object or of all.
    case whole(hasSizes: Bool)

    /// What a toolchain has.
    ///
    /// - Parameter sources: Its `src` folder.
    init(_ sources: String) {
        func text(_ path: String) -> String {
            (try? String(contentsOfFile: "\(sources)/\(path)", encoding: .utf8)) ?? ""
        }
        let function = """
            //go:linkname pprof_memProfileInternal
            func pprof_memProfileInternal(p []profilerecord.MemProfileRecord, inuseZero bool) (n int, ok bool) {
            """
        let record = text("internal/profilerecord/profilerecord.go").split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
        let counts = "AllocObjects, FreeObjects int64 Stack []uintptr }"
        self = .exported
        guard text("runtime/mprof.go").contains(function) else { return }
        if record.contains("type MemProfileRecord struct { ObjectSize int64 \(counts)") {
            self = .whole(hasSizes: true)
        } else if record.contains("type MemProfileRecord struct { AllocBytes, FreeBytes int64 \(counts)") {
            self = .whole(hasSizes: false)
        }
    }

    /// The file that hands the records to the probe.
    var source: String {
        switch self {
        case .exported:
            """
            package testing

            import "runtime"

            func allocbisectRecords(visit func([]uintptr, allocbisectValues)) {
            \tvar records []runtime.MemProfileRecord
            \tn, ok := runtime.MemProfile(nil, true)
            \tfor !ok {
            \t\trecords = make([]runtime.MemProfileRecord, n+50)
            \t\tn, ok = runtime.MemProfile(records, true)
            \t}
            \tfor i := range records[:n] {
            \t\tr := &records[i]
            \t\tvisit(r.Stack(), allocbisectValues{r.AllocObjects, r.AllocBytes, r.InUseObjects(), r.InUseBytes()})
            \t}
            }

            """
        case .whole(let hasSizes):
            """
            package testing

            import (
            \t"internal/profilerecord"
            \t_ "unsafe"
            )

            //go:linkname allocbisectMemProfile runtime.pprof_memProfileInternal
            func allocbisectMemProfile(p []profilerecord.MemProfileRecord, inuseZero bool) (n int, ok bool)

            func allocbisectRecords(visit func([]uintptr, allocbisectValues)) {
            \tvar records []profilerecord.MemProfileRecord
            \tn, ok := allocbisectMemProfile(nil, true)
            \tfor !ok {
            \t\trecords = make([]profilerecord.MemProfileRecord, n+50)
            \t\tn, ok = allocbisectMemProfile(records, true)
            \t}
            \tfor i := range records[:n] {
            \t\tr := &records[i]
            \t\tbytes := \(hasSizes ? "r.AllocObjects * r.ObjectSize" : "r.AllocBytes")
            \t\tvisit(r.Stack, allocbisectValues{r.AllocObjects, bytes, r.InUseObjects(), r.InUseBytes()})
            \t}
            }

            """
        }
    }
}

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
        case .exported: Probe.text(PackageResources.allocbisect_records_exported_go)
        case .whole(hasSizes: true): Probe.text(PackageResources.allocbisect_records_whole_go)
        case .whole(hasSizes: false):
            Probe.text(PackageResources.allocbisect_records_whole_go)
                .replacing("r.AllocObjects * r.ObjectSize", with: "r.AllocBytes")
        }
    }
}

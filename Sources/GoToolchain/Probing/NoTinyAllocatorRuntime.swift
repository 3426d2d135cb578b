import Foundation

/// Go's runtime, built so that heap profiles show every allocation at its own line.
///
/// Go puts pointer-free objects below 16 bytes together into blocks, and a profile knows only who began a block. With
/// this runtime each has a block of its own, and heap dumps have the lines of allocations right. Numbers of such runs
/// are not measurements.
///
/// Only the linker is given the other runtime (`-toolexec`), so that nothing else is compiled again. That takes an
/// archive with the same symbols at the same places, which is checked, and the mark of Go's own by which the linker
/// would tell them apart.
public struct NoTinyAllocatorRuntime: Sendable, Hashable {
    /// The archive that takes the runtime's place.
    let archive: String
    /// The script that hands it to the linker, and runs each of Go's other tools as it was called.
    let script: String

    /// The environment variable that tells the script where the archive is.
    static let archiveVariable = "ALLOCBISECT_RUNTIME"

    /// Builds the runtime for a toolchain, or finds the one that was built before.
    ///
    /// - Parameter options: What the binaries are built with, which the runtime may be as well.
    /// - Returns: nil when the toolchain's runtime is not known well enough to be replaced.
    /// - Throws: When Go could not be started, when a file cannot be written, or on cancellation.
    public init?(_ toolchain: Toolchain, _ probe: Probe, options: BuildOptions) async throws {
        guard let (overlay, folder) = probe.runtime else { return nil }
        var own = options
        own.overlay = nil
        guard let original = try await toolchain.archive(ofPackage: "runtime", options: own),
            let mark = GoArchive(original)?.mark
        else { return nil }
        let name = mark.map { String($0, radix: 16) }.joined(separator: "-")
        script = folder + "/link.sh"
        archive = "\(folder)/runtime-\(name).a"
        if FileManager.default.fileExists(atPath: archive) && FileManager.default.isExecutableFile(atPath: script) {
            return
        }
        var separating = options
        separating.overlay = overlay
        guard let built = try await toolchain.archive(ofPackage: "runtime", options: separating),
            var changed = GoArchive(built),
            let symbols = try await toolchain.symbols(of: original),
            let others = try await toolchain.symbols(of: built), symbols == others
        else { return nil }
        changed.mark = mark
        do {
            try Data(PackageResources.link_sh).write(to: URL(filePath: script), options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
            try Data(changed.bytes).write(to: URL(filePath: archive), options: .atomic)
        } catch {
            throw GoError(
                .probe, "The runtime for profiles could not be written below \(folder): \(error.localizedDescription)")
        }
    }
}

extension Toolchain {
    /// The compiled archive of a package of the standard library; nil when it cannot be built.
    fileprivate func archive(ofPackage package: String, options: BuildOptions) async throws -> String? {
        let lines = Lines()
        // Flags without a pattern are for the packages of the user's that are named, and not for this one.
        let pattern = options.gcflags.hasPrefix("-") ? "" : options.gcflags
        let outcome = try await go(
            ["list", "-export", "-buildvcs=false", "-f", "{{.Export}}", "-gcflags=\(pattern)"] + options.flags + [
                package
            ],
            in: "/", workspace: "off", options: options, lines.append)
        guard case .exited(0) = outcome.ending, let path = lines.all.last, path.hasPrefix("/") else { return nil }
        return path
    }

    /// The names of an archive's symbols in their order, without those that are the names of files; nil when Go's own
    /// tool does not read it.
    fileprivate func symbols(of archive: String) async throws -> [Substring]? {
        let lines = Lines()
        let outcome = try await go(
            ["tool", "nm", "-sort", "none", archive], in: "/", workspace: "off", options: BuildOptions(), lines.append)
        guard case .exited(0) = outcome.ending else { return nil }
        let names = lines.all.compactMap { $0.split(separator: " ").last }.filter { !$0.hasSuffix(".go") }
        return names.count > 1000 ? names : nil
    }
}

/// The boxes that are kept, one a slot.
actor BoxKeeper {
    private var idle: [String: KeptBox] = [:]

    /// Runs a test binary's process in the box that is kept for it, or in one of its own where none can be kept.
    ///
    /// - Parameters:
    ///   - binary: The test binary's path.
    ///   - folder: Where the slot's box is talked to; nil outside of slots.
    func run(
        _ child: ChildProcess, of binary: String, folder: String?, _ onLine: @escaping @Sendable (String) -> Void,
        onErrorLine: (@Sendable (String) -> Void)?
    ) async throws -> ChildProcess.Outcome {
        // What starts it would take a path with "=" for a variable.
        guard let folder, let box = child.box, box.endsWithItsLeader, child.watcher.isEmpty,
            !child.executable.contains("="),
            let kept = await take(KeptBox.Purpose(binary: binary, box: box, limits: child.limits, folder: folder))
        else { return try await child.run(onLine, onErrorLine: onErrorLine) }
        do {
            let done = try await kept.run(child, onLine, onErrorLine)
            if done?.isLikeNew == true, idle[folder] == nil { idle[folder] = kept } else { await kept.end() }
            if let done { return done.outcome }
        } catch {
            await kept.end()
            throw error
        }
        return try await child.run(onLine, onErrorLine: onErrorLine)
    }

    /// Ends the box of a slot, or all.
    func end(_ folder: String? = nil) async {
        for folder in folder.map({ [$0] }) ?? Array(idle.keys) { await idle.removeValue(forKey: folder)?.end() }
    }

    /// The box for a purpose, which nobody else uses; nil when it cannot be made.
    private func take(_ purpose: KeptBox.Purpose) async -> KeptBox? {
        var purpose = purpose
        // The clock is each run's own.
        purpose.limits.time = .zero
        if let kept = idle.removeValue(forKey: purpose.folder) {
            if kept.purpose == purpose { return kept }
            await kept.end()
        }
        return await KeptBox(for: purpose)
    }
}

extension Toolchain {
    /// Ends the box that is kept for a slot, which has to be before its files are changed; of all slots, where none is
    /// named.
    ///
    /// - Parameter path: Any path in the slot.
    public func endKeptBoxes(at path: String? = nil) async {
        guard let path else { return await boxes.end() }
        if let folder = confinement?.boxFolder(at: path) { await boxes.end(folder) }
    }
}

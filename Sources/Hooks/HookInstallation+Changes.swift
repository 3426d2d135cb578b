public import Measuring

extension HookInstallation {
    /// What was done about a hook.
    public struct Change: Sendable {
        /// Which of git's hooks was changed.
        public let hook: Hook
        /// Whether it was put in, taken out or left as it was.
        public let action: Action
        /// Whether one that was there before is kept beside ours, or was put back.
        public let concernsPrevious: Bool
    }

    /// What can be done about a hook.
    public enum Action: String, Sendable { case installed, updated, unchanged, removed, absent, left }

    /// Puts our hooks in; those that are in place already stay as they are.
    ///
    /// - Parameter isForced: Whether the folder may be one that somebody else looks after.
    /// - Throws: `CoreError` if somebody does, or the folder cannot be written.
    public func install(isForced: Bool) throws(CoreError) -> [Change] {
        if let owner, !isForced, Hook.allCases.contains(where: { state(of: $0) != .installed }) {
            throw CoreError(.hooks, owner.refusal(folder))
        }
        if let hook = Hook.allCases.first(where: { state(of: $0) == .foreign && hasPrevious($0) }) {
            throw CoreError(
                .hooks,
                "There are two hooks to keep and room for one: \(path(of: hook)) and \(pathOfPrevious(hook)). Move or "
                    + "remove one of them, and repeat the command.")
        }
        try HookFile.makeFolder(folder)
        var changes: [Change] = []
        for hook in Hook.allCases { changes.append(try install(hook)) }
        return changes
    }

    private func install(_ hook: Hook) throws(CoreError) -> Change {
        let old = state(of: hook)
        if old == .installed { return Change(hook: hook, action: .unchanged, concernsPrevious: hasPrevious(hook)) }
        // Complete before anything is moved, so that the hook is whole at any time.
        let new = path(of: hook) + ".allocbisect-new"
        try HookFile.write(Hook.content, to: new)
        if old == .foreign {
            try makeKeptFolder()
            try HookFile.move(path(of: hook), to: pathOfPrevious(hook))
        }
        do throws(CoreError) {
            try HookFile.move(new, to: path(of: hook))
        } catch {
            if old == .foreign { try? HookFile.move(pathOfPrevious(hook), to: path(of: hook)) }
            throw error
        }
        let action: Action = old == .outdated ? .updated : .installed
        return Change(hook: hook, action: action, concernsPrevious: hasPrevious(hook))
    }

    /// Takes our hooks out, and puts back what was there before. A hook that is not ours is left.
    ///
    /// - Throws: `CoreError` if the folder cannot be written.
    public func uninstall() throws(CoreError) -> [Change] {
        var changes: [Change] = []
        for hook in Hook.allCases {
            let hadPrevious = hasPrevious(hook)
            switch state(of: hook) {
            case .foreign: changes.append(Change(hook: hook, action: .left, concernsPrevious: hadPrevious))
            case .absent where !hadPrevious:
                changes.append(Change(hook: hook, action: .absent, concernsPrevious: false))
            case .installed, .outdated, .absent:
                if hadPrevious {
                    try HookFile.move(pathOfPrevious(hook), to: path(of: hook))
                } else {
                    try HookFile.remove(path(of: hook))
                }
                changes.append(Change(hook: hook, action: .removed, concernsPrevious: hadPrevious))
            }
        }
        removeKeptFolder()
        return changes
    }

    /// Makes the folder of what was there before, with links to what lies beside the hooks.
    private func makeKeptFolder() throws(CoreError) {
        try HookFile.makeFolder(keptFolder)
        let hooks = Set(Hook.allCases.map(\.rawValue))
        for name in HookFile.names(in: folder) where !hooks.contains(name) && !name.hasSuffix(".sample") {
            try HookFile.link("\(keptFolder)/\(name)", to: linked(name))
        }
    }

    /// Removes that folder, unless a hook is still kept there, or something that we did not put there.
    private func removeKeptFolder() {
        guard !Hook.allCases.contains(where: hasPrevious) else { return }
        for name in HookFile.names(in: keptFolder) {
            HookFile.removeLink("\(keptFolder)/\(name)", to: linked(name))
        }
        HookFile.removeEmptyFolder(keptFolder)
    }

    /// What a link in that folder leads to.
    private func linked(_ name: String) -> String { "../\(folder.split(separator: "/").last ?? "")/\(name)" }
}

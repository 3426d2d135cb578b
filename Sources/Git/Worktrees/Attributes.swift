/// All attributes of the files in one directory, from the files that git consults.
struct Attributes: Sendable, Equatable {
    private struct Level: Sendable, Equatable {
        /// The length of the directory's path, with its slash.
        let depth: Int
        let file: AttributeFile
    }

    /// From the one that counts least to the one that counts most.
    private var levels: [Level]
    /// What counts more than all of them.
    private let last: AttributeFile?
    private let ignoresCase: Bool

    /// The attributes of the files in the root before its own file is read.
    init(_ rules: CheckoutRules) {
        levels = ([.builtIn] + rules.attributes).map { Level(depth: 0, file: $0) }
        last = rules.lastAttributes
        ignoresCase = rules.ignoresCase
    }

    /// Adds what a directory's own file says.
    ///
    /// - Parameter prefix: The directory's path with a slash at its end; empty for the root.
    mutating func add(_ text: [UInt8], below prefix: [CChar]) {
        levels.append(Level(depth: prefix.count, file: AttributeFile(text, allowsMacros: prefix.isEmpty)))
    }

    /// The states of all attributes of a file.
    func states(of path: [UInt8]) -> [String: AttributeFile.State] {
        let nameStart = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
        let files = (last.map { [Level(depth: 0, file: $0)] } ?? []) + levels.reversed()
        var macros: [String: [AttributeFile.Setting]] = [:]
        for level in files {
            for rule in level.file.rules.reversed() {
                if case .macro(let name) = rule.subject, macros[name] == nil { macros[name] = rule.settings }
            }
        }
        var states: [String: AttributeFile.State] = [:]
        for level in files {
            for rule in level.file.rules.reversed() {
                guard case .paths(let pattern) = rule.subject,
                    pattern.matches(path[level.depth...], path[nameStart...], ignoresCase: ignoresCase)
                else { continue }
                Attributes.apply(rule.settings, macros, &states)
            }
        }
        return states
    }

    /// The last setting of a line counts most, and what a macro stands for counts where the macro is set.
    private static func apply(
        _ settings: [AttributeFile.Setting], _ macros: [String: [AttributeFile.Setting]],
        _ states: inout [String: AttributeFile.State]
    ) {
        for setting in settings.reversed() where states[setting.name] == nil {
            states[setting.name] = setting.state
            if setting.state == .set, let content = macros[setting.name] { apply(content, macros, &states) }
        }
    }
}

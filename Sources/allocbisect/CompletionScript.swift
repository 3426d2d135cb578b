import ArgumentParser

/// The script that completes words in a shell, which knows that `find` needs no name.
///
/// The parser's own script leads each word to the command whose name comes first, and offers nothing where there is none.
enum CompletionScript {
    /// The script that some words ask for; nil where they ask for something else.
    static func text(for words: [String]) -> String? {
        guard words.count == 2, words[0] == "--generate-completion-script" else { return nil }
        let shell = CompletionShell(rawValue: words[1])
        let script = shell.map(AllocBisect.completionScript) ?? ""
        return switch shell {
        case .bash: script + "\n" + text(PackageResources.main_bash)
        case .fish:
            script
                + text(PackageResources.main_fish).replacing(
                    "COMMANDS", with: AllocBisect.commandNames.joined(separator: " "))
        case .zsh:
            // The last lines run what stands before them.
            script.replacing(
                "if [[ \"${funcstack[1]}\"", with: text(PackageResources.main_zsh) + "if [[ \"${funcstack[1]}\"")
        default: nil
        }
    }

    private static func text(_ file: [UInt8]) -> String { String(decoding: file, as: UTF8.self) }
}

extension AllocBisect {
    /// The names of the commands.
    static var commandNames: [String] { configuration.subcommands.map { $0._commandName } + ["help"] }
}

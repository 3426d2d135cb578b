import Foundation
import TestSupport

/// A real browser without a window, which tests let read a page.
enum Browser {
    /// Whether Chromium is installed.
    static let isInstalled = Tool.isInstalled("chromium")

    /// A page as the browser has it after its scripts have run, and what they said to the console, errors among it.
    struct Visit {
        let document: String
        let console: [String]

        /// The page's title.
        var title: String { document.firstMatch(of: /<title>([^<]*)<\/title>/).map { String($0.1) } ?? "" }
    }

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - page: The file's path.
    ///   - folder: A folder for what the browser keeps.
    ///   - isDark: Whether pages are asked to be dark.
    static func visit(_ page: String, in folder: URL, isDark: Bool = false) async throws -> Visit {
        let scheme = isDark ? 0 : 1
        let outcome = try await Program.shell(
            """
            timeout 100 chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage \
            --user-data-dir='\(folder.path)/browser' --hide-scrollbars --virtual-time-budget=5000 \
            --blink-settings=preferredColorScheme=\(scheme) --enable-logging=stderr --v=0 --dump-dom 'file://\(page)'
            """, in: folder.path)
        return Visit(
            document: outcome.output,
            console: outcome.errors.split(separator: "\n").filter { $0.contains("CONSOLE") }.map(String.init))
    }
}

/// How every HTML page of the program is written: one file that loads nothing, and runs nothing but its own script.
enum HTMLDocument {
    /// A style sheet or script with its SHA-256 in base64, by which the page's policy lets it through and nothing else.
    /// After a change, `ReportHTMLTests` tells the new one.
    struct Inline {
        let text, hash: String

        /// A file of this folder, without the end of its last line.
        fileprivate init(_ file: [UInt8], hash: String) {
            text = String(decoding: file.dropLast(), as: UTF8.self)
            self.hash = hash
        }
    }

    /// The style of every page.
    static let style = Inline(PackageResources.page_css, hash: "/cHY+EzaK0TytPV4RXHNxp2b7HcB3fGWI5FMNBniicU=")
    /// What a report's page does by itself: the search and the order of the commits, and what the pointer shows in
    /// charts.
    ///
    /// All that it shows is taken from the table as text, so that nothing in it is ever markup.
    static let script = Inline(PackageResources.page_js, hash: "uuQskIbPazxIV6prU2aPY21IWELCW3h9VwUuw0wypYY=")

    /// Writes a whole page, which loads nothing from elsewhere.
    ///
    /// - Parameters:
    ///   - title: The title, as plain text.
    ///   - script: What the page runs, if anything.
    ///   - body: What the page shows, as HTML without style attributes and event handlers.
    static func text(title: String, script: Inline? = nil, body: String) -> String {
        let policy =
            ["default-src 'none'", "style-src 'sha256-\(style.hash)'"]
            + (script.map { ["script-src 'sha256-\($0.hash)'"] } ?? []) + ["base-uri 'none'", "form-action 'none'"]
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(policy.joined(separator: "; "))">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title.htmlEscaped)</title>
            <style>\(style.text)</style>
            </head>
            <body>
            \(body)
            \(script.map { "<script>\($0.text)</script>\n" } ?? "")</body>
            </html>

            """
    }
}

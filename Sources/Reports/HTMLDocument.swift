/// How every HTML page of the program is written: one file that loads nothing and runs nothing.
enum HTMLDocument {
    /// A page.
    ///
    /// - Parameters:
    ///   - title: The title, as plain text.
    ///   - body: What the page shows, as HTML.
    static func text(title: String, style: String, body: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(title.markup)</title>
        <style>
        \(style)
        </style>
        </head>
        <body>
        \(body)
        </body>
        </html>

        """
    }
}

import Foundation
import Git
import TestSupport
import Testing

@Suite("allocbisect report --format mail", .tags(.go), .serialized)
struct MailTests {
    /// Hands the message on standard input to a mail server on loopback by a mail program, as cron would, and prints what
    /// came there, as Python's own reader of messages understands it.
    private static let sending = """
        import email, email.policy, json, socket, subprocess, sys
        from aiosmtpd.controller import Controller
        class Sink:
            async def handle_DATA(self, server, session, envelope):
                self.envelope = envelope
                return "250 taken"
        sink = Sink()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        controller = Controller(sink, hostname="127.0.0.1", port=port)
        controller.start()
        subprocess.run(["msmtp", "--file=/dev/null", "--host=127.0.0.1", f"--port={port}", "--from=ci@example.com", "-t"],
                       input=sys.stdin.buffer.read(), check=True)
        controller.stop()
        message = email.message_from_bytes(sink.envelope.content, policy=email.policy.default)
        attached = [part for part in message.iter_attachments()]
        print(json.dumps({
            "to": sink.envelope.rcpt_tos, "subject": message["Subject"], "date": message["Date"],
            "text": message.get_body(("plain",)).get_content(), "html": message.get_body(("html",)).get_content(),
            "names": [part.get_filename() for part in attached], "page": attached[0].get_content(),
            "defects": [str(defect) for part in message.walk() for defect in part.defects]}))
        """

    private func received(_ mail: String) async throws -> [String: Any] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mail-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try mail.write(to: folder.appending(path: "mail"), atomically: true, encoding: .utf8)
        try MailTests.sending.write(to: folder.appending(path: "send.py"), atomically: true, encoding: .utf8)
        let python = Tool.path(of: "python3") ?? "python3"
        let outcome = try await Program.shell("'\(python)' send.py < mail", in: folder.path)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try outcome.json()
    }

    @Test("is sent, and read back whole", .enabled(if: Tool.isAsked("msmtp")))
    func sent() async throws {
        let history = try ReportedHistory.make()
        let words = ["report", "main~5..main", "-m", "allocs/op", "--format", "mail"]
        let outcome = try await Program.run(
            words + ["--to", "team@example.com", "--to", "ana@example.org"], in: history.path)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let mail = try await received(outcome.output)
        #expect(mail["to"] as? [String] == ["team@example.com", "ana@example.org"])
        #expect(mail["subject"] as? String == "repo main~5..main: 1 worse")
        #expect(mail["defects"] as? [String] == [])
        #expect(mail["names"] as? [String] == ["report.html"])
        let (text, html) = (mail["text"] as? String ?? "", mail["html"] as? String ?? "")
        #expect(
            text.contains("2 culprits:") && text.contains("grow, A U Thor: BenchmarkWork 1 → 3 allocs/op"), "\(text)")
        #expect(text.contains("1 → 2 allocs/op"), "\(text)")
        #expect(html.contains("<h2>Got worse</h2>") && !html.contains("href=\"#") && !html.contains("<svg"))
        #expect(!html.contains("<script") && !html.contains(ReportedHistory.attack))
        #expect((mail["page"] as? String)?.hasPrefix("<!DOCTYPE html>") == true)
    }

    @Test("continues from the last one, and keeps quiet when nothing changed")
    func sinceLast() async throws {
        let history = try ReportedHistory.make()
        let words = [
            "report", "--format", "mail", "--to", "team", "--since-last", "--only-if-changed", "-m", "allocs/op",
        ]
        let none = try await Program.run(words, in: history.path)
        #expect(none.status == 64 && none.errors.contains("Name the range of the first one: GOOD..HEAD."))
        let first = try await Program.run(words + ["main~5..main"], in: history.path)
        #expect(first.status == 0 && first.output.hasPrefix("To: team\nSubject: =?UTF-8?B?"), "\(first.errors)")
        let again = try await Program.run(words + ["main~5..main"], in: history.path)
        #expect(again.status == 0 && again.output.isEmpty && again.errors.isEmpty, "\(again.errors)")
        try history.commit("more docs", ["README.md": "2"])
        let quiet = try await Program.run(words + ["main~5..main"], in: history.path)
        #expect(quiet.status == 0 && quiet.output.isEmpty, "\(quiet.errors)")
        let last = try history.id("more docs").short
        try history.commit("grow again", ["m.go": GoSource.work(allocations: 9)])
        let news = try await Program.run(words + ["main~5..main"], in: history.path)
        #expect(news.status == 0, "\(news.errors)")
        let subject = news.output.split(separator: "\n").filter { $0.contains("=?UTF-8?B?") }.compactMap {
            Data(base64Encoded: String($0.split(separator: "?")[3])).map { String(decoding: $0, as: UTF8.self) }
        }.joined()
        #expect(subject == "repo \(last)..main: 1 worse")
    }

    @Test("refuses what would be no mail")
    func refusals() async throws {
        let history = try ReportedHistory.make()
        for words in [
            ["--format", "mail"], ["-o", "a.html", "--to", "team@example.com"],
            ["--format", "mail", "--to", "a@example.com\nBcc: b@example.com"],
            ["--format", "mail", "--to", "a@example.com", "--open"],
        ] {
            let outcome = try await Program.run(["report", "main~1..main"] + words, in: history.path)
            #expect(outcome.status == 64 && outcome.output.isEmpty, "\(words): \(outcome.errors)")
        }
    }
}

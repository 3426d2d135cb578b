import Foundation
import Git
import Testing

@testable import Hooks
@testable import Reports

@Suite("What is reported of hooks is what its golden files say")
struct HookGoldenTests {
    private static let forms: [GoldenForm<HookStatus>] = [
        .init("txt") { HookText.text(of: $0) }, .init("json") { try HookJSON.text(of: $0) },
    ]

    @Test("with the status in every form", arguments: Given.hooks, forms)
    func status(value: GoldenValue<GivenHooks>, form: GoldenForm<HookStatus>) throws {
        let hooks = try value.make()
        try withFolder { root in
            let installation = HookInstallation(folder: "\(root)/\(hooks.folder)", owner: nil)
            try make(hooks, in: installation)
            let text = try form.text(hooks.status(installation)).replacing(root, with: "/repo/.git")
            try expectGolden(text, "hook-status-\(value.name).\(form.ending)")
        }
    }

    @Test("with everything that is done about them", arguments: [false, true])
    func changes(isHostile: Bool) throws {
        let folder = isHostile ? Given.hostile("/folder") : "/repo/.git/hooks"
        let installation = HookInstallation(folder: folder, owner: nil)
        let name = isHostile ? "hook-changes-hostile" : "hook-changes"
        try expectGolden(HookText.text(of: Given.hookChanges, in: installation), "\(name).txt")
        try expectGolden(
            HookJSON.text(of: Given.hookChanges, in: installation, command: "hook install"), "\(name).json")
    }

    @Test("with a line for each alert")
    func alerts() throws {
        try expectGolden(Given.alerts.map { HookAlertText.line(of: $0) + "\n" }.joined(), "hook-alerts.txt")
    }

    @Test("with the lines of the log, but for their time and process")
    func log() throws {
        try withFolder { root in
            let log = HookLog(path: "\(root)/log")
            ["post-merge: 0101010101", Given.hostile("line")].forEach(log.write)
            let text = String(decoding: try Data(contentsOf: URL(filePath: log.path)), as: UTF8.self)
            let stamp = #/(?m)^[0-9TZ:-]+ \[[0-9]+\]/#
            try expectGolden(text.replacing(stamp, with: "TIME [PROCESS]"), "hook-log.txt")
        }
    }

    /// Runs with a new folder, which is removed at the end.
    private func withFolder(_ body: (String) throws -> Void) throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "allocbisect-\(UUID().uuidString)").path
        try HookFile.makeFolder(root)
        defer { try? FileManager.default.removeItem(atPath: root) }
        try body(root)
    }

    private func make(_ hooks: GivenHooks, in installation: HookInstallation) throws {
        try HookFile.makeFolder(installation.folder)
        try HookFile.makeFolder(installation.keptFolder)
        for hook in hooks.kept { try HookFile.write(Array("#!/bin/sh\n".utf8), to: installation.pathOfPrevious(hook)) }
        for (hook, state) in hooks.states {
            let path = installation.path(of: hook)
            switch state {
            case .absent: break
            case .installed: try HookFile.write(Hook.content, to: path)
            case .outdated: try HookFile.write(Array("#!/bin/sh\n# allocbisect hook: 0\n".utf8), to: path)
            case .foreign: try HookFile.write(Array("#!/bin/sh\n".utf8), to: path)
            }
            #expect(installation.state(of: hook) == state)
        }
    }
}

import Foundation
import Testing

@testable import GoToolchain

@Suite("Files of proc(5)")
struct ProcessFileTests {
    private func child() throws -> Process {
        let child = Process()
        (child.executableURL, child.arguments) = (URL(filePath: "/bin/sleep"), ["60"])
        try child.run()
        // Its parent goes on before the kernel has written down what it was started with.
        while ProcessFile.content(child.processIdentifier, "cmdline").isEmpty && child.isRunning { usleep(1000) }
        return child
    }

    @Test("are read to their end, and are empty for a process that has ended")
    func content() throws {
        let child = try child()
        #expect(ProcessFile.content(child.processIdentifier, "cmdline") == Array("/bin/sleep\u{0}60\u{0}".utf8))
        // Of several pages.
        let own = String(decoding: ProcessFile.content(getpid(), "maps"), as: UTF8.self)
        #expect(own.utf8.count > 4096 && own.contains("[stack]"))
        #expect(ProcessTree.children(of: getpid()).contains(child.processIdentifier))
        kill(child.processIdentifier, SIGKILL)
        child.waitUntilExit()
        #expect(ProcessFile.content(child.processIdentifier, "cmdline") == [])
    }

    /// The memory that this process has, in bytes.
    private var resident: Int {
        let words = String(decoding: ProcessFile.content(getpid(), "statm"), as: UTF8.self).split(separator: " ")
        return (Int(words[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE))
    }

    /// The address sanitizer keeps what was freed for a while.
    private static let frees = dlsym(nil, "__asan_init") == nil

    @Test("cost no memory, however often a process is looked at that has no children", .enabled(if: frees))
    func memory() throws {
        let child = try child()
        defer { kill(child.processIdentifier, SIGKILL) }
        // Other tests take memory at the same time, but not each time.
        let grows = (0..<5).allSatisfy { _ in
            let before = resident
            for _ in 0..<10_000 { _ = ProcessTree.children(of: child.processIdentifier) }
            return resident > before + 20 << 20
        }
        #expect(!grows)
    }
}

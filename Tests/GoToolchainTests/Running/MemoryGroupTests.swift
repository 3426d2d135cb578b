import Foundation
import TestSupport
import Testing

@testable import GoToolchain

@Suite("Memory that the kernel counts, and that which only files have")
struct MemoryGroupTests {
    /// Nothing limits the memory of each process here, so that only the group can have ended one.
    @Test(
        "A group ends what has more than its bound, and is gone with it",
        .enabled(if: MemoryGroupTests.canBeHad, "as root, or below what an init system has handed over"))
    func bound() async throws {
        let group = ProcessGroup()
        // What has been started before the group is made belongs to it as well.
        let script =
            "read -r line </dev/null; for i in 1 2 3; do sleep 1; done; head -c 200M /dev/zero | tail -n 1 | wc -c"
        let child = ChildProcess(
            executable: "/bin/sh", arguments: ["-c", script], directory: "/", environment: ["PATH": "/usr/bin:/bin"],
            limits: Limits())
        async let outcome = child.launch(as: group) { _ in }
        while group.leader == nil { try await Task.sleep(for: .milliseconds(10)) }
        group.bound(memory: 64 << 20)
        let folder = try #require(MemoryGroupTests.folder(of: group.leader))
        #expect(group.reached == nil)
        #expect(try await outcome.reached == .memory)
        #expect(group.reached == .memory)
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test("Only what nobody uses any more is removed")
    func leftovers() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        // No process has a number like the first.
        let names = ["allocbisect-99999999-1", "allocbisect-\(getpid())-1", "allocbisect-x", "other-99999999-1"]
        for name in names {
            try FileManager.default.createDirectory(
                atPath: folder.appending(path: name).path, withIntermediateDirectories: true)
        }
        MemoryGroup.removeStrays(in: folder.path)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(left == names.dropFirst().sorted())
    }

    @Test(
        "A group's folder is below where its hierarchy is mounted",
        arguments: [
            ("/", "/", "/sys/fs/cgroup"), ("/", "/user.slice/a", "/sys/fs/cgroup/user.slice/a"),
            ("/docker/1", "/docker/1", "/sys/fs/cgroup"), ("/docker/1", "/docker/1/b", "/sys/fs/cgroup/b"),
            ("/docker/1", "/docker/12", nil), ("/", "/../other", nil),
        ])
    func folders(root: String, group: String, folder: String?) throws {
        let line = "30 24 0:26 \(root) /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate"
        let mount = try #require(ControlGroupMount(line: line[...]))
        #expect(mount.folder(of: group) == folder)
        #expect(mount.type == "cgroup2")
        #expect(ControlGroupMount(line: "24 1 8:1 / / rw - ext4 /dev/sda1 rw") == nil)
        #expect(ControlGroupMount(line: "24 1 8:1 / / rw -") == nil)
    }

    @Test("Files in memory count, in folders and without a name")
    func files() throws {
        let own = ProcessTree(of: getpid())
        let before = (own.bytesInOpenFiles, try #require(Room("/dev/shm")).used)
        // Swift's module of the C library leaves it out.
        let create = unsafeBitCast(
            try #require(dlsym(nil, "memfd_create")),
            to: (@convention(c) (UnsafePointer<CChar>, UInt32) -> Int32).self)
        let nameless = create("x", 1)
        let path = "/dev/shm/allocbisect-\(UUID().uuidString)"
        let named = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        defer {
            close(nameless)
            close(named)
            unlink(path)
        }
        let part = [UInt8](repeating: 1, count: 8 << 20)
        for file in [nameless, named] { try #require(write(file, part, part.count) == part.count) }
        // Opened twice, it is one file.
        let again = dup(nameless)
        defer { close(again) }
        #expect(own.bytesInOpenFiles - before.0 == UInt64(part.count))
        let after = try #require(Room("/dev/shm"))
        #expect(after.used >= before.1 + UInt64(part.count / 2))
    }

    private static let canBeHad = {
        let group = MemoryGroup(memory: 64 << 20)
        group?.remove()
        return group != nil
    }()

    /// The folder of the group that a process is in, if it is one of ours.
    private static func folder(of process: pid_t?) -> String? {
        let text = process.map { String(decoding: ProcessFile.content($0, "cgroup"), as: UTF8.self) } ?? ""
        guard let place = MemoryGroup.place?.folder, let found = text.firstRange(of: "/allocbisect-") else {
            return nil
        }
        return place + text[found.lowerBound...].prefix { $0 != "\n" }
    }
}

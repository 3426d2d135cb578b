import Measuring

import struct Foundation.Data
import class Foundation.FileManager
import struct Foundation.URL

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The files beside a job's file by which a worker answers. Each is there whole or not at all, also on a network's disk.
struct JobAnswer: Sendable {
    private let stem: String

    /// The answer to the job in a file whose name ends in `.json`.
    init(of file: String) { stem = file.hasSuffix(".json") ? String(file.dropLast(5)) : file }

    var recordFile: String { stem + ".record" }
    private var secondFile: String { stem + ".second" }
    private var errorFile: String { stem + ".error" }
    private var beatFile: String { stem + ".beat" }

    /// Whether a worker has answered with records.
    var isThere: Bool { FileManager.default.fileExists(atPath: recordFile) }
    /// The records, as text.
    var text: String? { read(recordFile) }
    /// The records of another copy of the job, which came later.
    var secondText: String? { read(secondFile) }
    /// Why a machine has none, as a sentence.
    var trouble: LostJob? {
        guard let text = read(errorFile) else { return nil }
        let machine = text.prefix { $0 != "\n" }
        return LostJob(machine: String(machine), reason: String(text.dropFirst(machine.count + 1)))
    }
    /// What changes while the worker lives: its machine's name, and more words. Nil before it begins.
    var beat: String? { read(beatFile) }

    /// Publishes the records, unless another copy of the job was faster.
    func publish(_ text: String) throws {
        let temporary = try write(text, for: recordFile)
        defer { unlink(temporary) }
        // Unlike a move, a link replaces nothing.
        if link(temporary, recordFile) == 0 { return }
        guard errno == EEXIST else { throw refusal(recordFile) }
        // It is compared with the first one.
        _ = link(temporary, secondFile)
    }

    /// Says why there are no records.
    func fail(_ text: String) throws { try move("\(Machine.name)\n\(text)", to: errorFile) }

    /// Shows that the worker lives.
    func beat(_ count: Int) throws { try move("\(Machine.name) \(getpid()) \(count)\n", to: beatFile, isKept: false) }

    private func read(_ file: String) -> String? {
        (try? Data(contentsOf: URL(filePath: file))).map { String(decoding: $0, as: UTF8.self) }
    }

    private func move(_ text: String, to file: String, isKept: Bool = true) throws {
        let temporary = try write(text, for: file, isKept: isKept)
        guard rename(temporary, file) == 0 else {
            let refusal = refusal(file)
            unlink(temporary)
            throw refusal
        }
    }

    /// Writes a text to a file of its own, and onto the disk where it is to be kept.
    private func write(_ text: String, for file: String, isKept: Bool = true) throws -> String {
        let temporary = "\(file).\(Machine.name.filter { $0 != "/" }).\(getpid()).\(UInt32.random(in: 0 ... .max))"
        guard let stream = fopen(temporary, "wxe") else { throw refusal(file) }
        let bytes = Array(text.utf8)
        let isWritten = fwrite(bytes, 1, bytes.count, stream) == bytes.count && fflush(stream) == 0
        let isSafe = isWritten && (!isKept || fsync(fileno(stream)) == 0)
        guard fclose(stream) == 0, isSafe else {
            let refusal = refusal(file)
            unlink(temporary)
            throw refusal
        }
        return temporary
    }

    private func refusal(_ file: String) -> CoreError {
        CoreError(
            .surroundings,
            "\(file) cannot be written: \(String(cString: strerror(errno))). Free some space there, and check that "
                + "this user may write.")
    }
}

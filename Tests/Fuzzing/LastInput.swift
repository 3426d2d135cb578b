import Foundation

/// The input that is being read, in a file that outlives the program: mapped memory is written whatever ends it.
struct LastInput: ~Copyable {
    let path: String
    private let descriptor: Int32
    private let memory: UnsafeMutableRawPointer
    private static let size = 1 << 20

    init(named name: String) throws {
        path = FileManager.default.temporaryDirectory.appending(path: name).path
        descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o600)
        guard descriptor >= 0, ftruncate(descriptor, off_t(LastInput.size)) == 0,
            let memory = mmap(nil, LastInput.size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0),
            memory != MAP_FAILED
        else { throw Broken("\(path) cannot be written") }
        self.memory = memory
    }

    /// Takes note of an input: its length in text, a line break, and its bytes. A longer one is cut off.
    func note(_ bytes: [UInt8]) {
        let head = Array("\(bytes.count)\n".utf8)
        memory.copyMemory(from: head, byteCount: head.count)
        let count = min(bytes.count, LastInput.size - head.count)
        bytes.withUnsafeBytes {
            if let start = $0.baseAddress { (memory + head.count).copyMemory(from: start, byteCount: count) }
        }
    }

    /// Takes the file away, since nothing happened.
    consuming func remove() { unlink(path) }

    deinit {
        munmap(memory, LastInput.size)
        close(descriptor)
    }
}

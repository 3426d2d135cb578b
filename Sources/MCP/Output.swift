import Synchronization

/// What a request comes to.
enum Reply {
    case result(JSON)
    case failure(Code, String, data: JSON? = nil)

    /// The codes of JSON-RPC 2.0, and those that the protocol adds.
    enum Code: Int {
        case parse = -32700
        case invalidRequest = -32600
        case unknownMethod = -32601
        case invalidParams = -32602
        case internalError = -32603
        case unknownResource = -32002
        case unsupportedRevision = -32022
    }
}

/// Where messages go, whole and one after the other.
final class Output: Sendable {
    private let write: Mutex<@Sendable (String) -> Void>

    init(write: @escaping @Sendable (String) -> Void) { self.write = Mutex(write) }

    func send(_ reply: Reply, to id: JSON) {
        switch reply {
        case .result(let result): send(["id": id, "result": result])
        case .failure(let code, let message, let data):
            var error: [String: JSON] = ["code": .integer(code.rawValue), "message": .string(message)]
            error["data"] = data
            send(["id": id, "error": .object(error)])
        }
    }

    func notify(_ method: String, _ params: JSON) { send(["method": .string(method), "params": params]) }

    private func send(_ members: [String: JSON]) {
        guard let line = try? JSON.object(members.merging(["jsonrpc": "2.0"]) { $1 }).line else { return }
        write.withLock { $0(line) }
    }
}

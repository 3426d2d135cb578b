import Foundation
import SwiftProtobuf

@testable import Pprof

/// A profile's message that a test fills in, or spoils.
struct ProfileDraft {
    var message = Perftools_Profiles_Profile()

    /// A heap profile of two stacks: `a.F` that `b.G` called and that was inlined, and a place without any function.
    init() {
        for text in ["", "alloc_objects", "count", "alloc_space", "bytes", "a.F", "/r/a.go", "b.G", "/r/b.go"] {
            message.stringTable.append(Data(text.utf8))
        }
        message.sampleType = [.with { ($0.type, $0.unit) = (1, 2) }, .with { ($0.type, $0.unit) = (3, 4) }]
        message.function = [
            .with { ($0.id, $0.name, $0.filename) = (1, 5, 6) }, .with { ($0.id, $0.name, $0.filename) = (2, 7, 8) },
        ]
        message.location = [
            .with {
                $0.id = 10
                $0.line = [
                    .with { ($0.functionID, $0.line) = (1, 11) }, .with { ($0.functionID, $0.line) = (2, 22) },
                ]
            },
            .with { $0.id = 20 },
        ]
        message.sample = [
            .with { ($0.locationID, $0.value) = ([10, 20], [3, 48]) },
            .with { ($0.locationID, $0.value) = ([20], [1, 8]) },
        ]
    }

    /// The message as it is written.
    func bytes() throws -> [UInt8] { try message.serializedBytes() }

    /// What reading it gives.
    func profile() throws -> Profile { try Profile(bytes(), from: "draft.pprof") }
}

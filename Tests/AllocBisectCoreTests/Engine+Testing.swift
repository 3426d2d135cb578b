import AllocBisectCore
import Foundation
import Measuring

extension Engine {
    /// An engine in a folder, with this process's environment.
    init(_ directory: String, events: @escaping @Sendable (Event) -> Void = { _ in }) {
        self.init(directory: directory, environment: ProcessInfo.processInfo.environment, events: events)
    }
}

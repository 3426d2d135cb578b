import Synchronization
import Testing

@testable import GoToolchain

@Suite("Runs side by side and alone")
struct RunGateTests {
    @Test func aloneMeansAlone() async {
        let gate = RunGate()
        let state = Mutex((running: 0, isAlone: false, hadCompany: false, wasSpoilt: false))
        let work: @Sendable (Bool) async -> Void = { alone in
            state.withLock { state in
                if state.isAlone || alone && state.running > 0 { state.wasSpoilt = true }
                if state.running > 0 { state.hadCompany = true }
                state.running += 1
                state.isAlone = alone
            }
            for _ in 0..<20 { await Task.yield() }
            state.withLock { state in
                state.running -= 1
                state.isAlone = false
            }
        }
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<60 {
                group.addTask {
                    if number % 5 == 0 {
                        await gate.alone { await work(true) }
                    } else {
                        _ = await gate.beside { await work(false) }
                    }
                }
            }
        }
        #expect(state.withLock { !$0.wasSpoilt && $0.hadCompany && $0.running == 0 })
    }
}

import Foundation
import Testing

@testable import Hooks

@Suite("Alerts that were written down")
struct HookAlertTests {
    @Test("are warnings when all that they tell is; what knows no severity is a regression")
    func severities() throws {
        let cases = [([#","severity":"warn""#], true), ([""], false), ([#","severity":"warn""#, ""], false)]
        for (severities, isWarning) in cases {
            let series = severities.map {
                #"{"package":"m","benchmark":"BenchmarkWork","metric":"allocs/op","before":1,"after":3\#($0)}"#
            }
            let id = String(repeating: "a", count: 40)
            let text = """
                {"commit":"\(id)","subject":"grow","candidates":1,"good":"\(id)","bad":"\(id)",
                "series":[\(series.joined(separator: ","))]}
                """
            #expect(try JSONDecoder().decode(HookAlert.self, from: Data(text.utf8)).isWarning == isWarning)
        }
    }
}

import Benchmarks
import Testing

@Suite("Recipes: what decides a number besides the commit")
struct RecipeTests {
    private let recipe = Recipe(
        goVersion: "go1.27.3", platform: "linux/amd64/v1", environment: ["A": "1", "B": "2"], probe: 1)

    @Test func everyFieldChangesTheText() {
        func changed(_ change: (inout Recipe) -> Void) -> Recipe {
            var copy = recipe
            change(&copy)
            return copy
        }
        func with(_ environment: [String: String]) -> Recipe {
            Recipe(goVersion: "go1.27.3", platform: "linux/amd64/v1", environment: environment, probe: 1)
        }
        let recipes = [
            recipe, changed { $0.iterations = 100 }, changed { $0.cpu = 2 }, changed { $0.tags = "a" },
            changed { $0.tags = "a\nb" },
            changed { $0.tags = "a b" }, changed { $0.tags = "a\r\nb" }, changed { $0.tags = #"a\nb"# },
            changed { $0.gcflags = "a" },
            changed { $0.goVersion = "go1.19" }, changed { $0.platform = "linux/arm64" },
            changed { $0.pinnedTests = "" },
            changed { $0.pinnedTests = "abc" }, changed { $0.probe = 0 }, with([:]), with(["A": "1"]),
            with(["A": "1", "B": "3"]),
            with(["A": "1", "B": ""]), changed { $0.tags = "\ngcflags: x" },
            changed { $0.gcflags = "\npinned-tests: abc" },
        ]
        #expect(Set(recipes.map(\.text)).count == recipes.count)
        #expect(
            changed { $0.tags = "a\r\nb\nc" }.text.unicodeScalars.count { $0 == "\n" }
                == recipe.text.unicodeScalars.count { $0 == "\n" })
    }

    @Test func equalRecipesHaveTheSameText() {
        let again = Recipe(
            goVersion: "go1.27.3", platform: "linux/amd64/v1", environment: ["B": "2", "A": "1"], probe: 1)
        #expect(again == recipe && again.text == recipe.text)
    }

    @Test func privateValuesAreNotInTheText() {
        let secret = Recipe(goVersion: "go1.27.3", platform: "linux", environment: ["A": "hunter2"], probe: 1)
        #expect(!secret.text.contains("hunter2"))
    }
}

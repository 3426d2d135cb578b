/// `@{upstream}`, `@{u}` or `@{push}` behind the name of a branch.
enum BranchMark {
    case upstream, push

    /// Reads a text that is one of them, in either case.
    init?(_ text: some StringProtocol) {
        switch text.lowercased() {
        case "@{upstream}", "@{u}": self = .upstream
        case "@{push}": self = .push
        default: return nil
        }
    }
}

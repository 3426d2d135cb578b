/// What a remote made of a push.
public enum PushOutcome: Sendable, Hashable {
    /// The ref names the commit there now.
    case taken
    /// Somebody else moved the ref first.
    case overtaken
    /// The remote says why it did not take it. That somebody else moves the ref at this moment is worded in many ways.
    case refused(String)
}

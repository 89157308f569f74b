package dev.mxcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    private static final List<String> KNOWN = List.of("late_parcels", "label_of", "run");

    @Test
    void finds_the_nearest_word() {
        assertThat(Suggestion.of("lable_of", KNOWN)).hasValue("label_of");
        assertThat(Suggestion.of("late-parcel", KNOWN)).hasValue("late_parcels");
        assertThat(Suggestion.of("rnu", KNOWN)).hasValue("run");
    }

    @Test
    void finds_nothing_for_a_word_of_another_kind() {
        assertThat(Suggestion.of("warehouse", KNOWN)).isEmpty();
        assertThat(Suggestion.of("", KNOWN)).isEmpty();
    }
}

/** The patient's page starts here. */
import "../base/theme.css";
import "../base/urgency.css";

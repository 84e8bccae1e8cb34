export interface paths {
    "/api/apps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Apps
         * @description Applications with the part of their menu that the caller can use.
         */
        get: operations["get_apps_api_apps_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get App
         * @description Definitions of one application, without fields that the caller never sees.
         */
        get: operations["get_app_api_apps__app_key__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/entities/{entity_key}/choices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Choices
         * @description Records that the caller may link to: at most 20 whose titles hold the words, or those with these `ids`.
         */
        get: operations["get_choices_api_apps__app_key__entities__entity_key__choices_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/entities/{entity_key}/conditions/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Post Condition Check
         * @description What is wrong or doubtful about a formula that filters records; fields the caller does not see are unknown.
         */
        post: operations["post_condition_check_api_apps__app_key__entities__entity_key__conditions_check_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/entities/{entity_key}/conditions/names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Condition Names
         * @description What a formula that filters records may name, of what the caller sees.
         */
        get: operations["get_condition_names_api_apps__app_key__entities__entity_key__conditions_names_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/entities/{entity_key}/dependencies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Dependencies
         * @description Fields with their formulas, what they are made from, and every place that uses them; admins only.
         */
        get: operations["get_dependencies_api_apps__app_key__entities__entity_key__dependencies_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/entities/{entity_key}/formulas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Formulas
         * @description The formulas of an entity and its forms, the places that could have one, what they may name; admins only.
         */
        get: operations["get_formulas_api_apps__app_key__entities__entity_key__formulas_get"];
        /**
         * Put Formula
         * @description Publish the application with another formula at a place, or with none; admins only.
         */
        put: operations["put_formula_api_apps__app_key__entities__entity_key__formulas_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/entities/{entity_key}/formulas/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check Formula
         * @description What is wrong or doubtful about a draft, and its tree to be interpreted; nothing is stored; admins only.
         */
        post: operations["check_formula_api_apps__app_key__entities__entity_key__formulas_check_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/entities/{entity_key}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Records
         * @description A page of records: `filter` is JSON of the filter grammar, `sort` such as `-budget,name` or a JSON list.
         */
        get: operations["get_records_api_apps__app_key__entities__entity_key__records_get"];
        put?: never;
        /**
         * Post Record
         * @description Make a record outside of flows; may be repeated with the same `Idempotency-Key` or `id`.
         */
        post: operations["post_record_api_apps__app_key__entities__entity_key__records_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/entities/{entity_key}/records/{record_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get One
         * @description One record, with the paths that the caller may change; the header ETag holds its version.
         */
        get: operations["get_one_api_apps__app_key__entities__entity_key__records__record_id__get"];
        put?: never;
        post?: never;
        /**
         * Delete One
         * @description Put a record into the recycle bin; `If-Match` names the version that was seen, and another one is a 409.
         */
        delete: operations["delete_one_api_apps__app_key__entities__entity_key__records__record_id__delete"];
        options?: never;
        head?: never;
        /**
         * Patch Record
         * @description Change fields of a record; `If-Match` names the version that was seen.
         */
        patch: operations["patch_record_api_apps__app_key__entities__entity_key__records__record_id__patch"];
        trace?: never;
    };
    "/api/apps/{app_key}/entities/{entity_key}/records/{record_id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get History
         * @description Every version of a record, newest first.
         */
        get: operations["get_history_api_apps__app_key__entities__entity_key__records__record_id__history_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/entities/{entity_key}/records/{record_id}/history/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Reversion
         * @description What restoring a version would change now: value now and value then of each field that the caller may write.
         */
        get: operations["get_reversion_api_apps__app_key__entities__entity_key__records__record_id__history__version__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/entities/{entity_key}/records/{record_id}/instances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Instances
         * @description The flows that were run for a record, latest first.
         */
        get: operations["get_instances_api_apps__app_key__entities__entity_key__records__record_id__instances_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/entities/{entity_key}/records/{record_id}/related/{field_key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Related
         * @description A page of the records that link to this one, those that the caller may read; asked for as other lists are.
         */
        get: operations["get_related_api_apps__app_key__entities__entity_key__records__record_id__related__field_key__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/entities/{entity_key}/records/{record_id}/related/{field_key}/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Related Count
         * @description How many records link to this one, of those the caller may read.
         */
        get: operations["get_related_count_api_apps__app_key__entities__entity_key__records__record_id__related__field_key__count_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/entities/{entity_key}/records/{record_id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Post Revert
         * @description Write the values of an earlier version again, as a new version; fields that are gone or kept are named.
         */
        post: operations["post_revert_api_apps__app_key__entities__entity_key__records__record_id__restore_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/entities/{entity_key}/records/aggregate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Post Aggregate
         * @description Groups of records with their figures: counts, sums, averages, least and greatest values.
         */
        post: operations["post_aggregate_api_apps__app_key__entities__entity_key__records_aggregate_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/entities/{entity_key}/records/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Post Batch
         * @description At most 1,000 operations: all of them or none (422 names what cannot be done), or each by itself.
         */
        post: operations["post_batch_api_apps__app_key__entities__entity_key__records_batch_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/entities/{entity_key}/records/bin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Bin
         * @description What the caller deleted, last first, and until when it is kept; for admins what anybody deleted.
         */
        get: operations["get_bin_api_apps__app_key__entities__entity_key__records_bin_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/entities/{entity_key}/records/bin/{record_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete For Good
         * @description Remove a deleted record for good, with every value that its history holds; admins only.
         */
        delete: operations["delete_for_good_api_apps__app_key__entities__entity_key__records_bin__record_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/entities/{entity_key}/records/bin/{record_id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Post Restore
         * @description Put a record back under its id, as its next version; 409 names the unique fields whose values are taken.
         */
        post: operations["post_restore_api_apps__app_key__entities__entity_key__records_bin__record_id__restore_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/entities/{entity_key}/records/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Count
         * @description How many records match.
         */
        get: operations["get_count_api_apps__app_key__entities__entity_key__records_count_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/entities/{entity_key}/records/distinct": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Post Distinct
         * @description The values that a field has, in order, with how many records have each.
         */
        post: operations["post_distinct_api_apps__app_key__entities__entity_key__records_distinct_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/entities/{entity_key}/records/pivot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Post Pivot
         * @description Figures where the groups of lines meet those of columns, with totals.
         */
        post: operations["post_pivot_api_apps__app_key__entities__entity_key__records_pivot_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/entities/{entity_key}/records/query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Post Query
         * @description A page of records with chosen columns, and the records that expanded links lead to.
         */
        post: operations["post_query_api_apps__app_key__entities__entity_key__records_query_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/entities/{entity_key}/records/upsert": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Post Upsert
         * @description Change the record that has the same values of the fields `match`, or make it if there is none.
         */
        post: operations["post_upsert_api_apps__app_key__entities__entity_key__records_upsert_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/forms/{form_key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Form
         * @description A form to be filled in, with rights and default values.
         */
        get: operations["get_form_api_apps__app_key__forms__form_key__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/forms/{form_key}/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create Draft
         * @description Keep what was typed so far.
         */
        post: operations["create_draft_api_apps__app_key__forms__form_key__drafts_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/forms/{form_key}/evaluate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Evaluate
         * @description Computed values, visibility and faults of what is being typed; nothing is stored.
         */
        post: operations["evaluate_api_apps__app_key__forms__form_key__evaluate_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apps/{app_key}/forms/{form_key}/submissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit Form
         * @description Make the record and start the form's flow; may be repeated with the same `Idempotency-Key` or `id`.
         */
        post: operations["submit_form_api_apps__app_key__forms__form_key__submissions_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Audit
         * @description What people did, latest first; admins only.
         */
        get: operations["get_audit_api_audit_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calendars": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Calendars
         * @description All working calendars, and the built-in tables of holidays.
         */
        get: operations["get_calendars_api_calendars_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calendars/{calendar_key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Save
         * @description Make a working calendar or replace it; admins only.
         */
        put: operations["save_api_calendars__calendar_key__put"];
        post?: never;
        /**
         * Remove
         * @description Delete a working calendar; admins only.
         */
        delete: operations["remove_api_calendars__calendar_key__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calendars/{calendar_key}/holidays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload
         * @description Take over published holidays, such as those of the next year; admins only.
         */
        post: operations["upload_api_calendars__calendar_key__holidays_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/directory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Directory
         * @description Members, departments and roles.
         */
        get: operations["get_directory_api_directory_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Drafts
         * @description The caller's drafts, latest first.
         */
        get: operations["list_drafts_api_drafts_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drafts/{draft_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Draft
         * @description One of the caller's drafts.
         */
        get: operations["get_draft_api_drafts__draft_id__get"];
        /**
         * Replace Draft
         * @description Keep what is typed now.
         */
        put: operations["replace_draft_api_drafts__draft_id__put"];
        post?: never;
        /**
         * Discard Draft
         * @description Forget a draft.
         */
        delete: operations["discard_draft_api_drafts__draft_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload
         * @description Store a file; it is the caller's own until a record takes it.
         */
        post: operations["upload_api_files_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/{file_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download
         * @description The content of a file that the caller may see, always as a download.
         */
        get: operations["download_api_files__file_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/formula/functions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Functions
         * @description Every function of the formula language with its parameters, help and an example.
         */
        get: operations["get_functions_api_formula_functions_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbox/{box}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Box
         * @description One of the caller's boxes; `q`: only titles that contain it; `order`: latest first, or what is due first.
         */
        get: operations["get_box_api_inbox__box__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbox/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Counts
         * @description Open to-dos and unread copies.
         */
        get: operations["get_counts_api_inbox_counts_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instances/{instance_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get One Instance
         * @description A flow with its timeline and drawing.
         */
        get: operations["get_one_instance_api_instances__instance_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instances/{instance_id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read Instance
         * @description The caller has seen what he was copied on.
         */
        post: operations["read_instance_api_instances__instance_id__read_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instances/{instance_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry Node
         * @description Try a parked node again; admins only.
         */
        post: operations["retry_node_api_instances__instance_id__retry_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instances/{instance_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw Instance
         * @description The initiator takes the request back.
         */
        post: operations["withdraw_instance_api_instances__instance_id__withdraw_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Keys
         * @description API keys that the caller made or owns.
         */
        get: operations["list_keys_api_keys_get"];
        put?: never;
        /**
         * Make Key
         * @description A new API key; its token is in this answer only.
         */
        post: operations["make_key_api_keys_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke Key
         * @description Revoke a key; it is refused from the next request on.
         */
        delete: operations["revoke_key_api_keys__key_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show Session
         * @description Who is signed in.
         */
        get: operations["show_session_api_session_get"];
        put?: never;
        post?: never;
        /**
         * End Session
         * @description Sign out; fine without a session.
         */
        delete: operations["end_session_api_session_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Use Sign In Link
         * @description Sign in with the token of a one-time link; sets the session cookie.
         */
        post: operations["use_sign_in_link_api_session_link_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/person": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Act As
         * @description Act as another member of a workspace with sample data; null ends it.
         */
        post: operations["act_as_api_session_person_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{task_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get One Task
         * @description The page of a task: the record with the node's rights, actions, timeline, drawing.
         */
        get: operations["get_one_task_api_tasks__task_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{task_id}/act": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Act On Task
         * @description Approve, reject, return or submit; may be repeated with the same `Idempotency-Key`.
         */
        post: operations["act_on_task_api_tasks__task_id__act_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Workspace
         * @description Settings in force.
         */
        get: operations["get_workspace_api_workspace_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change Workspace
         * @description Change settings; admins only.
         */
        patch: operations["change_workspace_api_workspace_patch"];
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * ActBody
         * @description A decision; `to` and `resume` belong to `return`.
         *
         *     `version`: that of the record that was seen; a field of `values` that somebody changed since is a conflict.
         */
        ActBody: {
            /**
             * Action
             * @enum {string}
             */
            action: "approve" | "reject" | "return" | "submit";
            /**
             * Comment
             * @default null
             */
            comment?: string | null;
            /**
             * Resume
             * @default null
             */
            resume?: ("rerun" | "direct") | null;
            /**
             * To
             * @default null
             */
            to?: string | null;
            /**
             * Values
             * @default null
             */
            values?: {
                [key: string]: unknown;
            } | null;
            /**
             * Version
             * @default null
             */
            version?: number | null;
        };
        /**
         * ActionView
         * @description Something the owner may do; `targets` and `resume` belong to return.
         *
         *     `effect`: what follows once the node is rejected: end, return (to `back_to`) or end_branch.
         */
        ActionView: {
            /** Action */
            action: string;
            back_to: components["schemas"]["TargetView"] | null;
            /** Comment Required */
            comment_required: boolean;
            /** Effect */
            effect: string | null;
            /** Resume */
            resume: string[];
            /** Targets */
            targets: components["schemas"]["TargetView"][];
        };
        /**
         * AddressField
         * @description Province, city and district by their names, and the rest as text; `level` is the finest part asked for.
         *
         *     Which divisions there are is offered and not enforced: they change, and not every address is in China.
         */
        AddressField: {
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /**
             * Level
             * @default detail
             * @enum {string}
             */
            level?: "province" | "city" | "district" | "detail";
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "address";
            /** Was */
            was?: string | null;
        };
        /**
         * Aggregation
         * @description The measures of every group that has records; without groups of all of them together.
         */
        Aggregation: {
            /**
             * Filter
             * @default null
             */
            filter?: (components["schemas"]["And"] | components["schemas"]["Or"] | components["schemas"]["Not"] | components["schemas"]["FormulaCondition"] | components["schemas"]["Condition"]) | null;
            /**
             * Group
             * @default []
             */
            group?: (components["schemas"]["FieldGroup"] | components["schemas"]["FormulaGroup"])[];
            /**
             * Limit
             * @default 1000
             */
            limit?: number;
            /**
             * Measures
             * @default [
             *       {
             *         "field": null,
             *         "function": "count",
             *         "key": "count"
             *       }
             *     ]
             */
            measures?: (components["schemas"]["FieldMeasure"] | components["schemas"]["FormulaMeasure"])[];
            /**
             * Rows
             * @default null
             */
            rows?: string | null;
            /**
             * Sort
             * @default []
             */
            sort?: components["schemas"]["ResultSort"][];
            /**
             * View
             * @default null
             */
            view?: string | null;
        };
        /**
         * And
         * @description Every part holds.
         */
        And: {
            /** And */
            and: (components["schemas"]["And"] | components["schemas"]["Or"] | components["schemas"]["Not"] | components["schemas"]["FormulaCondition"] | components["schemas"]["Condition"])[];
        };
        /**
         * AppBrief
         * @description An application with the part of its menu that the caller can use.
         */
        AppBrief: {
            /** Icon */
            icon: string | null;
            /** Key */
            key: string;
            /** Menu */
            menu: components["schemas"]["MenuSection"][];
            /** Title */
            title: string | components["schemas"]["Translated"];
            /** Version */
            version: number;
        };
        /**
         * AppList
         * @description Installed applications.
         */
        AppList: {
            /** Items */
            items: components["schemas"]["AppBrief"][];
        };
        /**
         * AppView
         * @description An application as the caller sees it: definitions without fields that he never sees.
         *
         *     `can_create`: entities whose records he may make outside of forms.
         */
        AppView: {
            /** Can Create */
            can_create: string[];
            /** Entities */
            entities: {
                [key: string]: components["schemas"]["Entity"];
            };
            /** Flows */
            flows: {
                [key: string]: components["schemas"]["FlowBrief"];
            };
            /** Forms */
            forms: {
                [key: string]: components["schemas"]["Form"];
            };
            /** Icon */
            icon: string | null;
            /** Key */
            key: string;
            /** Menu */
            menu: components["schemas"]["MenuSection"][];
            /** Title */
            title: string | components["schemas"]["Translated"];
            /** Version */
            version: number;
            /** Views */
            views: {
                [key: string]: components["schemas"]["View"];
            };
        };
        /**
         * AttachmentField
         * @description Uploaded files: how many, how large, and which (`.pdf`, `image/*`).
         */
        AttachmentField: {
            /**
             * Accept
             * @default []
             */
            accept?: string[];
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /**
             * Max Files
             * @default 20
             */
            max_files?: number;
            /**
             * Max Size Mb
             * @default 20
             */
            max_size_mb?: number;
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "attachment";
            /** Was */
            was?: string | null;
        };
        /**
         * AuditPage
         * @description Part of the trail, latest first; `next` is the cursor of the following part.
         */
        AuditPage: {
            /** Items */
            items: components["schemas"]["AuditView"][];
            /** Next */
            next: string | null;
        };
        /**
         * AuditView
         * @description One entry: who did what to what; `origin_id` is the admin behind him.
         */
        AuditView: {
            /** Action */
            action: string;
            /** Actor Id */
            actor_id: string | null;
            /** At */
            at: string;
            /** Details */
            details: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** Id */
            id: string;
            /** Origin Id */
            origin_id: string | null;
            /** Target Id */
            target_id: string | null;
            /** Target Kind */
            target_kind: string;
        };
        /**
         * BarcodeField
         * @description What a bar code or QR code says; records show it as the code.
         */
        BarcodeField: {
            /** Computed */
            computed?: string | null;
            /** Default */
            default?: string | null;
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /**
             * Search
             * @default false
             */
            search?: boolean;
            /**
             * Sort
             * @default false
             */
            sort?: boolean;
            /**
             * Symbology
             * @default qr
             * @enum {string}
             */
            symbology?: "qr" | "datamatrix" | "pdf417" | "code128" | "code39" | "ean13" | "ean8" | "upca" | "itf14";
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "barcode";
            /**
             * Unique
             * @default false
             */
            unique?: boolean;
            /** Was */
            was?: string | null;
        };
        /**
         * BatchBody
         * @description Operations in order. `mode`: all of them or none, or each by itself with a report.
         */
        BatchBody: {
            /**
             * Mode
             * @enum {string}
             */
            mode: "all" | "each";
            /** Operations */
            operations: components["schemas"]["OperationBody"][];
        };
        /**
         * BatchResult
         * @description All operations in their order.
         */
        BatchResult: {
            /** Done */
            done: number;
            /** Failed */
            failed: number;
            /** Items */
            items: components["schemas"]["ResultItem"][];
        };
        /**
         * BinItem
         * @description A deleted record. `version`: that of its deletion; `until`: when it is purged.
         *
         *     `title`: without what is hidden from the reader in some records.
         */
        BinItem: {
            /** Deleted At */
            deleted_at: string;
            /** Deleted By */
            deleted_by: string | null;
            /** Id */
            id: string;
            /** Title */
            title: string;
            /** Until */
            until: string;
            /** Version */
            version: number;
        };
        /**
         * BinnedBody
         * @description A record of the recycle bin.
         */
        BinnedBody: {
            /** Id */
            id: string;
        };
        /**
         * BinPage
         * @description Part of the bin, what was deleted last first; `next` is the cursor of the following part.
         */
        BinPage: {
            /** Items */
            items: components["schemas"]["BinItem"][];
            /** Next */
            next: string | null;
        };
        /**
         * BooleanField
         * @description Yes, no, or not answered.
         */
        BooleanField: {
            /** Computed */
            computed?: string | null;
            /** Default */
            default?: string | null;
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /**
             * Sort
             * @default false
             */
            sort?: boolean;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "boolean";
            /** Was */
            was?: string | null;
        };
        /**
         * CalendarDefinition
         * @description A working calendar. ISO weekdays (1 Monday), then the table of `base`, then single days that beat both.
         *
         *     `names`: what single days are called. `loaded_years`: years whose holidays were entered beyond those of `base`.
         */
        CalendarDefinition: {
            /**
             * Base
             * @default null
             */
            base?: "CN" | null;
            /**
             * Extra Workdays
             * @default []
             */
            extra_workdays?: string[];
            /**
             * Holidays
             * @default []
             */
            holidays?: string[];
            /**
             * Hours
             * @default [
             *       {
             *         "from": "09:00",
             *         "to": "12:00"
             *       },
             *       {
             *         "from": "13:30",
             *         "to": "18:00"
             *       }
             *     ]
             */
            hours?: components["schemas"]["WorkInterval"][];
            /**
             * Loaded Years
             * @default []
             */
            loaded_years?: number[];
            /** Names */
            names?: {
                [key: string]: string | components["schemas"]["Translated"];
            };
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * Workdays
             * @default [
             *       1,
             *       2,
             *       3,
             *       4,
             *       5
             *     ]
             */
            workdays?: number[];
        };
        /**
         * CalendarList
         * @description All calendars as they were made, the key of the default one, and the built-in tables they stand on.
         */
        CalendarList: {
            /** Default */
            default: string;
            /** Items */
            items: components["schemas"]["CalendarView"][];
            /** Tables */
            tables: {
                [key: string]: components["schemas"]["HolidayYear"][];
            };
        };
        /**
         * CalendarView
         * @description A working calendar as authored. `unknown_years`: this year or the next, if its holidays are not known yet.
         */
        CalendarView: {
            /** Base */
            base: "CN" | null;
            /** Extra Workdays */
            extra_workdays: string[];
            /** Holidays */
            holidays: string[];
            /** Hours */
            hours: components["schemas"]["WorkInterval"][];
            /** Key */
            key: string;
            /** Loaded Years */
            loaded_years: number[];
            /** Names */
            names: {
                [key: string]: string | components["schemas"]["Translated"];
            };
            /** Title */
            title: string | components["schemas"]["Translated"];
            /** Unknown Years */
            unknown_years: number[];
            /** Workdays */
            workdays: number[];
        };
        /**
         * ChangeView
         * @description One version of a record: old and new value of each visible field that changed, in JSON form.
         */
        ChangeView: {
            /** Actor Id */
            actor_id: string | null;
            /** At */
            at: string;
            /** Changes */
            changes: {
                [key: string]: components["schemas"]["JsonValue"][];
            };
            /** Kind */
            kind: string;
            /** Source */
            source: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            /** Version */
            version: number;
        };
        /**
         * CheckConditionBody
         * @description A draft of a formula that filters records.
         */
        CheckConditionBody: {
            /** Source */
            source: string;
        };
        /**
         * CheckFormulaBody
         * @description A draft of a formula; without `place` it is read as one of the entity at large.
         */
        CheckFormulaBody: {
            /** @default null */
            place?: components["schemas"]["FormulaPlace"] | null;
            /** Source */
            source: string;
        };
        /**
         * Choice
         * @description A record by its id and title.
         */
        Choice: {
            /** Id */
            id: string;
            /** Title */
            title: string;
        };
        /**
         * ChoiceList
         * @description At most 20 records; `more`: there are others, which more words would find.
         */
        ChoiceList: {
            /** Items */
            items: components["schemas"]["Choice"][];
            /** More */
            more: boolean;
        };
        /**
         * Combination
         * @description Fields no two records may have the same values of, or columns of a subform for its rows.
         *
         *     `within`, for columns: the rows of one `record`, or those of all records of the `entity`. Where one of the fields
         *     is empty nothing is compared.
         */
        Combination: {
            /** Fields */
            fields: string[];
            /** Key */
            key: string;
            /** Message */
            message?: (string | components["schemas"]["Translated"]) | null;
            /** Within */
            within?: ("record" | "entity") | null;
        };
        /**
         * CommentBody
         * @description Why, if the person says so.
         */
        CommentBody: {
            /**
             * Comment
             * @default null
             */
            comment?: string | null;
        };
        /**
         * Condition
         * @description One field compared with a value; `empty`, `not_empty` and the operators about the person asking take none.
         */
        Condition: {
            /** Field */
            field: string;
            /**
             * Op
             * @enum {string}
             */
            op: "eq" | "ne" | "in" | "not_in" | "lt" | "le" | "gt" | "ge" | "between" | "contains" | "not_contains" | "starts_with" | "empty" | "not_empty" | "has_any" | "has_all" | "within" | "is_me" | "in_my_departments" | "in_my_subtree" | "overlaps";
            /**
             * Value
             * @default null
             */
            value?: ((boolean | number | string) | ((boolean | number | string) | components["schemas"]["Today"])[] | components["schemas"]["Today"] | components["schemas"]["Last"] | components["schemas"]["This"] | components["schemas"]["Current"]) | null;
        };
        /**
         * ConditionCheck
         * @description What is wrong and what is doubtful about a formula that filters.
         */
        ConditionCheck: {
            /** Problems */
            problems: components["schemas"]["FormulaNote"][];
            /** Warnings */
            warnings: components["schemas"]["FormulaNote"][];
        };
        /**
         * ConditionNames
         * @description What a formula that filters may name, without what is hidden from the caller in some record.
         */
        ConditionNames: {
            /** Items */
            items: components["schemas"]["ScopePath"][];
        };
        /**
         * CreateBody
         * @description A new record. `id`: chosen by the client.
         */
        CreateBody: {
            /**
             * Id
             * @default null
             */
            id?: string | null;
            /** Values */
            values: {
                [key: string]: unknown;
            };
        };
        /**
         * Current
         * @description The person asking, his own departments, these with all below, or his subordinates.
         */
        Current: {
            /**
             * Current
             * @enum {string}
             */
            current: "user" | "department" | "subtree" | "subordinates";
        };
        /**
         * CurrentView
         * @description A node that waits for people, or is parked by an incident; since `opened_at`, until `due_at`.
         *
         *     `tally`: where several decide.
         */
        CurrentView: {
            /** Activation */
            activation: number;
            /** Due At */
            due_at: string | null;
            /** Incident */
            incident: string | null;
            /** Member Ids */
            member_ids: string[];
            /** Node Key */
            node_key: string;
            /** Node Title */
            node_title: string | components["schemas"]["Translated"];
            /** Opened At */
            opened_at: string;
            tally: components["schemas"]["TallyView"] | null;
        };
        /**
         * DateField
         * @description A calendar day, the same in every zone.
         */
        DateField: {
            /** Computed */
            computed?: string | null;
            /** Default */
            default?: string | null;
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /** Max */
            max?: string | null;
            /** Min */
            min?: string | null;
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /**
             * Sort
             * @default false
             */
            sort?: boolean;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "date";
            /**
             * Unique
             * @default false
             */
            unique?: boolean;
            /** Was */
            was?: string | null;
        };
        /**
         * DateRangeField
         * @description A first and a last day, both of which belong to it.
         */
        DateRangeField: {
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "date_range";
            /** Was */
            was?: string | null;
        };
        /**
         * DateTimeField
         * @description A moment in time, stored in UTC with milliseconds and shown in the zone of the workspace.
         */
        DateTimeField: {
            /** Computed */
            computed?: string | null;
            /** Default */
            default?: string | null;
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /**
             * Sort
             * @default false
             */
            sort?: boolean;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "datetime";
            /**
             * Unique
             * @default false
             */
            unique?: boolean;
            /** Was */
            was?: string | null;
        };
        /**
         * DeleteBody
         * @description A record to be put into the recycle bin, of which `version` was seen.
         */
        DeleteBody: {
            /** Id */
            id: string;
            /** Version */
            version: number;
        };
        /**
         * Deletion
         * @description A record that was deleted. `version`: that of its deletion; `until`: when it is purged from the bin.
         */
        Deletion: {
            /** Deleted At */
            deleted_at: string;
            /** Id */
            id: string;
            /** Until */
            until: string;
            /** Version */
            version: number;
        };
        /**
         * DepartmentField
         * @description One department, or several when `multiple` is set.
         */
        DepartmentField: {
            /** Default */
            default?: string | null;
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /**
             * Multiple
             * @default false
             */
            multiple?: boolean;
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "department";
            /**
             * Unique
             * @default false
             */
            unique?: boolean;
            /** Was */
            was?: string | null;
        };
        /**
         * DepartmentView
         * @description A department and its heads.
         */
        DepartmentView: {
            /** Head Ids */
            head_ids: string[];
            /** Id */
            id: string;
            /** Key */
            key: string;
            /** Parent Id */
            parent_id: string | null;
            /** Title */
            title: string | components["schemas"]["Translated"];
        };
        /**
         * DependencyList
         * @description The fields of an entity in authored order, a subform before its columns, then system fields that are read.
         */
        DependencyList: {
            /** Items */
            items: components["schemas"]["FieldDependencies"][];
            /** Version */
            version: number;
        };
        /**
         * DirectoryView
         * @description The whole organisation.
         */
        DirectoryView: {
            /** Departments */
            departments: components["schemas"]["DepartmentView"][];
            /** Members */
            members: components["schemas"]["MemberView"][];
            /** Roles */
            roles: components["schemas"]["RoleView"][];
        };
        /**
         * Distinct
         * @description The values that a field has, or a formula comes to, and how many records have each; in their order.
         */
        Distinct: {
            /**
             * After
             * @default null
             */
            after?: string | null;
            /**
             * Filter
             * @default null
             */
            filter?: (components["schemas"]["And"] | components["schemas"]["Or"] | components["schemas"]["Not"] | components["schemas"]["FormulaCondition"] | components["schemas"]["Condition"]) | null;
            /**
             * Limit
             * @default 100
             */
            limit?: number;
            /** Of */
            of: components["schemas"]["FieldGroup"] | components["schemas"]["FormulaGroup"];
            /**
             * Rows
             * @default null
             */
            rows?: string | null;
            /**
             * View
             * @default null
             */
            view?: string | null;
        };
        /**
         * DraftList
         * @description A member's drafts, the latest first.
         */
        DraftList: {
            /** Items */
            items: components["schemas"]["DraftView"][];
        };
        /**
         * DraftView
         * @description A draft; `values` in JSON form as they were typed.
         */
        DraftView: {
            /** App */
            app: string;
            /** Form */
            form: string;
            /** Form Title */
            form_title: string | components["schemas"]["Translated"];
            /** Id */
            id: string;
            /** Updated At */
            updated_at: string;
            /** Values */
            values: {
                [key: string]: components["schemas"]["JsonValue"];
            };
        };
        /**
         * DurationField
         * @description A length of time in whole seconds; `display` says how it is written, `min` and `max` are seconds.
         */
        DurationField: {
            /** Computed */
            computed?: string | null;
            /** Default */
            default?: string | null;
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /**
             * Display
             * @default h:mm
             * @enum {string}
             */
            display?: "h:mm" | "h:mm:ss" | "m:ss" | "d h:mm";
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /** Max */
            max?: number | null;
            /**
             * Min
             * @default 0
             */
            min?: number;
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /**
             * Sort
             * @default false
             */
            sort?: boolean;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "duration";
            /**
             * Unique
             * @default false
             */
            unique?: boolean;
            /** Was */
            was?: string | null;
        };
        /**
         * EmailField
         * @description A mail address; its domain is kept in small letters.
         */
        EmailField: {
            /** Computed */
            computed?: string | null;
            /** Default */
            default?: string | null;
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /**
             * Search
             * @default false
             */
            search?: boolean;
            /**
             * Sort
             * @default false
             */
            sort?: boolean;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "email";
            /**
             * Unique
             * @default false
             */
            unique?: boolean;
            /** Was */
            was?: string | null;
        };
        /**
         * Total
         * @description A sum or count for every group of `by`, which no write may carry beyond its bounds.
         *
         *     `plus`, `minus`: what else is added or taken off. `existing`: whether groups that are out of bounds already keep
         *     the rule from being published.
         */
        engine__model__totals__Total: {
            /** At Least */
            at_least?: ((number | string) | string) | null;
            /** At Most */
            at_most?: ((number | string) | string) | null;
            /**
             * By
             * @default []
             */
            by?: (string | components["schemas"]["Period"])[];
            /**
             * Existing
             * @default refuse
             * @enum {string}
             */
            existing?: "refuse" | "allow";
            /** Key */
            key: string;
            /** Message */
            message: string | components["schemas"]["Translated"];
            /**
             * Minus
             * @default []
             */
            minus?: components["schemas"]["TotalSource"][];
            /**
             * Plus
             * @default []
             */
            plus?: components["schemas"]["TotalSource"][];
            /** Sum */
            sum?: string | null;
            /** Where */
            where?: (components["schemas"]["And"] | components["schemas"]["Or"] | components["schemas"]["Not"] | components["schemas"]["FormulaCondition"] | components["schemas"]["Condition"]) | null;
        };
        /**
         * Total
         * @description How many records match.
         */
        engine__runtime__listing__Total: {
            /** Count */
            count: number;
        };
        /**
         * Entity
         * @description A kind of record. `record_title` names a record by its fields: `{code} {name}`.
         */
        Entity: {
            /** Fields */
            fields: (components["schemas"]["TextField"] | components["schemas"]["LongTextField"] | components["schemas"]["RichTextField"] | components["schemas"]["NumberField"] | components["schemas"]["BooleanField"] | components["schemas"]["DateField"] | components["schemas"]["DateTimeField"] | components["schemas"]["TimeField"] | components["schemas"]["DurationField"] | components["schemas"]["EmailField"] | components["schemas"]["UrlField"] | components["schemas"]["PhoneField"] | components["schemas"]["BarcodeField"] | components["schemas"]["RatingField"] | components["schemas"]["ProgressField"] | components["schemas"]["SelectField"] | components["schemas"]["MultiSelectField"] | components["schemas"]["MemberField"] | components["schemas"]["DepartmentField"] | components["schemas"]["LinkField"] | components["schemas"]["LookupField"] | components["schemas"]["AttachmentField"] | components["schemas"]["ImageField"] | components["schemas"]["SignatureField"] | components["schemas"]["DateRangeField"] | components["schemas"]["AddressField"] | components["schemas"]["LocationField"] | components["schemas"]["RollupField"] | components["schemas"]["SerialField"] | components["schemas"]["SubformField"] | components["schemas"]["RelatedField"])[];
            /**
             * Indexes
             * @default []
             */
            indexes?: components["schemas"]["Index"][];
            /** Key */
            key: string;
            /** Record Title */
            record_title?: string | null;
            /**
             * Rules
             * @default []
             */
            rules?: components["schemas"]["Rule"][];
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * Totals
             * @default []
             */
            totals?: components["schemas"]["engine__model__totals__Total"][];
            /**
             * Unique
             * @default []
             */
            unique?: components["schemas"]["Combination"][];
            /** Was */
            was?: string | null;
        };
        /**
         * ErrorBody
         * @description The shape of every error.
         */
        ErrorBody: {
            error: components["schemas"]["ErrorContent"];
        };
        /**
         * ErrorContent
         * @description What went wrong, in the caller's language.
         */
        ErrorContent: {
            /** Code */
            code: string;
            /** Errors */
            errors: components["schemas"]["ErrorItem"][];
            /** Message */
            message: string;
            /** Params */
            params: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** Path */
            path: string | null;
            /** Request Id */
            request_id: string;
        };
        /**
         * ErrorItem
         * @description One fault of the input; `path` is a JSON pointer.
         */
        ErrorItem: {
            /** Code */
            code: string;
            /** Message */
            message: string;
            /** Params */
            params: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** Path */
            path: string | null;
        };
        /**
         * EvaluateBody
         * @description Values being typed; on the page of the task `task_id`, or into the record `record_id`, instead of a new form.
         *
         *     `department_id`: for which a new form will be submitted.
         */
        EvaluateBody: {
            /**
             * Department Id
             * @default null
             */
            department_id?: string | null;
            /**
             * Record Id
             * @default null
             */
            record_id?: string | null;
            /**
             * Task Id
             * @default null
             */
            task_id?: string | null;
            /** Values */
            values: {
                [key: string]: unknown;
            };
        };
        /**
         * Evaluation
         * @description The form as it would be now: all values, fields that are not shown, fields that must be filled, faults.
         *
         *     `failed`: the error values (`#DIV/0!`) of what could not be computed, by JSON pointer.
         */
        Evaluation: {
            /** Errors */
            errors: components["schemas"]["FaultView"][];
            /** Failed */
            failed: {
                [key: string]: string;
            };
            /** Hidden */
            hidden: string[];
            /** Required */
            required: string[];
            /** Values */
            values: {
                [key: string]: components["schemas"]["JsonValue"];
            };
        };
        /**
         * FaultView
         * @description A fault at a place of the form, in the caller's language; `path` is a JSON pointer into the values.
         */
        FaultView: {
            /** Code */
            code: string;
            /** Message */
            message: string;
            /** Params */
            params: {
                [key: string]: string | number | boolean | null;
            };
            /** Path */
            path: string | null;
        };
        /**
         * FieldDependencies
         * @description A field with its formulas, what its computed value reads, every place that reads it, and what follows it.
         *
         *     `reaches`: all computed fields that a change of it computes anew, in their order, those of other entities too.
         */
        FieldDependencies: {
            /** Depends On */
            depends_on: components["schemas"]["FieldName"][];
            /** Formulas */
            formulas: components["schemas"]["Use"][];
            /** Is List */
            is_list: boolean;
            /**
             * Kind
             * @enum {string}
             */
            kind: "number" | "text" | "boolean" | "date" | "datetime" | "option" | "member" | "department" | "record" | "files" | "rich_text" | "null" | "any";
            /** Path */
            path: string;
            /** Reaches */
            reaches: components["schemas"]["FieldName"][];
            /** Titles */
            titles: (string | components["schemas"]["Translated"])[];
            /** Used By */
            used_by: components["schemas"]["Use"][];
        };
        /**
         * FieldGroup
         * @description Records with the same value of a field; days and instants also `by` a period, told by its first day.
         *
         *     Of a field with several values a record counts with each of them.
         */
        FieldGroup: {
            /**
             * By
             * @default null
             */
            by?: ("day" | "week" | "month" | "quarter" | "year") | null;
            /** Field */
            field: string;
            /**
             * Key
             * @default null
             */
            key?: string | null;
        };
        /**
         * FieldMeasure
         * @description One figure of each group; `count` of the records needs no field.
         */
        FieldMeasure: {
            /**
             * Field
             * @default null
             */
            field?: string | null;
            /**
             * Function
             * @enum {string}
             */
            function: "count" | "filled" | "distinct" | "sum" | "average" | "min" | "max";
            /**
             * Key
             * @default null
             */
            key?: string | null;
        };
        /**
         * FieldName
         * @description A field or column of an entity; `titles`: those of the entity, the field, and the column if it is one.
         */
        FieldName: {
            /** Entity */
            entity: string;
            /** Path */
            path: string;
            /** Titles */
            titles: (string | components["schemas"]["Translated"])[];
        };
        /**
         * FileView
         * @description A file: size in bytes, media type as sniffed.
         */
        FileView: {
            /** Id */
            id: string;
            /** Media Type */
            media_type: string;
            /** Name */
            name: string;
            /** Size */
            size: number;
        };
        /**
         * FlowBrief
         * @description A flow by name, and the entity it is about.
         */
        FlowBrief: {
            /** Entity */
            entity: string;
            /** Key */
            key: string;
            /** Title */
            title: string | components["schemas"]["Translated"];
        };
        /**
         * Form
         * @description How one entity is entered; with `flow`, submitting it starts that flow.
         */
        Form: {
            /** Entity */
            entity: string;
            /** Flow */
            flow?: string | null;
            /** Key */
            key: string;
            /** Layout */
            layout: components["schemas"]["Section"][];
            /** Title */
            title: string | components["schemas"]["Translated"];
            /** Was */
            was?: string | null;
        };
        /**
         * FormulaCheck
         * @description A draft as far as it could be understood; `formula`, the tree to interpret, is null if it cannot be.
         */
        FormulaCheck: {
            formula: components["schemas"]["WireFormula"] | null;
            /** Is List */
            is_list: boolean;
            /** Kind */
            kind: ("number" | "text" | "boolean" | "date" | "datetime" | "option" | "member" | "department" | "record" | "files" | "rich_text" | "null" | "any") | null;
            /** Problems */
            problems: components["schemas"]["FormulaNote"][];
            /** References */
            references: string[];
            /** Warnings */
            warnings: components["schemas"]["FormulaNote"][];
        };
        /**
         * FormulaCondition
         * @description A formula that comes to TRUE for the record, made of what the databases compute.
         */
        FormulaCondition: {
            /** Formula */
            formula: string;
        };
        /**
         * FormulaGroup
         * @description Records for which a formula of what the databases compute comes to the same.
         */
        FormulaGroup: {
            /** Formula */
            formula: string;
            /** Key */
            key: string;
        };
        /**
         * FormulaList
         * @description The places of an entity and its forms. `scope`: what formulas may name; `rows`: what more, by subform path.
         */
        FormulaList: {
            /** Items */
            items: components["schemas"]["FormulaView"][];
            /** Rows */
            rows: {
                [key: string]: components["schemas"]["ScopePath"][];
            };
            /** Scope */
            scope: components["schemas"]["ScopePath"][];
            /** Version */
            version: number;
        };
        /**
         * FormulaMeasure
         * @description One figure of each group, over what a formula comes to for each record.
         */
        FormulaMeasure: {
            /** Formula */
            formula: string;
            /**
             * Function
             * @enum {string}
             */
            function: "count" | "filled" | "distinct" | "sum" | "average" | "min" | "max";
            /** Key */
            key: string;
        };
        /**
         * FormulaNote
         * @description Something wrong or doubtful; `offset` and `end` are code points of the formula.
         *
         *     `found`: what is there instead of what was `expected`, or what lists cannot compute.
         */
        FormulaNote: {
            /** Code */
            code: string;
            /** End */
            end: number;
            /** Expected */
            expected: string | null;
            /** Found */
            found: string | null;
            /** Message */
            message: string;
            /** Offset */
            offset: number;
            /** Params */
            params: {
                [key: string]: string | number | boolean | null;
            };
        };
        /**
         * FormulaPlace
         * @description Where a formula stands: `field` of computed, default, and of the visibility of one field; `rule` of a rule;
         *     `form` and `section` (counted from 0) of a visibility.
         */
        FormulaPlace: {
            /**
             * Field
             * @default null
             */
            field?: string | null;
            /**
             * Form
             * @default null
             */
            form?: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "computed" | "default" | "rule" | "visibility";
            /**
             * Rule
             * @default null
             */
            rule?: string | null;
            /**
             * Section
             * @default null
             */
            section?: number | null;
        };
        /**
         * FormulaSaved
         * @description The version that has the formula, with what is doubtful about it.
         */
        FormulaSaved: {
            /** Version */
            version: number;
            /** Warnings */
            warnings: components["schemas"]["FormulaNote"][];
        };
        /**
         * FormulaSort
         * @description A formula to sort by, made of what the databases compute; ascending unless `desc`.
         */
        FormulaSort: {
            /**
             * Desc
             * @default false
             */
            desc?: boolean;
            /** Formula */
            formula: string;
        };
        /**
         * FormulaView
         * @description A place with its formula, if there is one. `wants`: the kind its result has to be of; null: any.
         */
        FormulaView: {
            place: components["schemas"]["Place"];
            /** Source */
            source: string | null;
            /** Titles */
            titles: (string | components["schemas"]["Translated"])[];
            /** Wants */
            wants: ("number" | "text" | "boolean" | "date" | "datetime" | "option" | "member" | "department" | "record" | "files" | "rich_text" | "null" | "any") | null;
            /** Wants List */
            wants_list: boolean;
        };
        /**
         * FormView
         * @description A form to be filled in: layout, fields the person may see, rights by path, and default values.
         *
         *     `formulas`: what his browser may compute by itself.
         */
        FormView: {
            entity: components["schemas"]["Entity"];
            /** Flow */
            flow: string | null;
            form: components["schemas"]["Form"];
            formulas: components["schemas"]["LocalFormulas"];
            /** Rights */
            rights: {
                [key: string]: string;
            };
            /** Values */
            values: {
                [key: string]: components["schemas"]["JsonValue"];
            };
        };
        /**
         * FunctionGroup
         * @description A group of functions.
         */
        FunctionGroup: {
            /** Key */
            key: string;
            /** Title */
            title: string | components["schemas"]["Translated"];
        };
        /**
         * FunctionList
         * @description All functions, by group in the order of the documentation.
         */
        FunctionList: {
            /** Groups */
            groups: components["schemas"]["FunctionGroup"][];
            /** Items */
            items: components["schemas"]["FunctionView"][];
        };
        /**
         * FunctionView
         * @description A function under one of its names. `together`: how many parameters repeat as one. `returns`: null, if any.
         */
        FunctionView: {
            /** Example */
            example: string;
            /** Group */
            group: string;
            /** Help */
            help: string | components["schemas"]["Translated"];
            /** Main Name */
            main_name: string;
            /** Name */
            name: string;
            /** Parameters */
            parameters: components["schemas"]["ParameterView"][];
            /** Result */
            result: string;
            /** Returns */
            returns: ("number" | "text" | "boolean" | "date" | "datetime" | "option" | "member" | "department" | "record" | "files" | "rich_text" | "null" | "any") | null;
            /** Together */
            together: number;
            /** Uses Clock */
            uses_clock: boolean;
        };
        /**
         * HistoryView
         * @description All versions, newest first. `links`: titles of linked records that the caller may read, by id.
         */
        HistoryView: {
            /** Items */
            items: components["schemas"]["ChangeView"][];
            /** Links */
            links: {
                [key: string]: string;
            };
        };
        /**
         * HolidayDays
         * @description Days off of a table of public holidays, and the days that are worked to make up for them.
         */
        HolidayDays: {
            /** Extra */
            extra: string[];
            /** Off */
            off: string[];
        };
        /**
         * HolidayPeriod
         * @description A holiday from its first to its last day off, with the days that are worked to make up for it.
         */
        HolidayPeriod: {
            /**
             * Extra Workdays
             * @default []
             */
            extra_workdays?: string[];
            /**
             * From
             * Format: date
             */
            from: string;
            /** Name */
            name: string | components["schemas"]["Translated"];
            /**
             * To
             * Format: date
             */
            to: string;
        };
        /**
         * HolidaysBody
         * @description Published holidays as text: the official notice, JSON, CSV or iCalendar. `year`: of a notice without one.
         */
        HolidaysBody: {
            /** Text */
            text: string;
            /**
             * Year
             * @default null
             */
            year?: number | null;
        };
        /**
         * HolidayYear
         * @description The public holidays of one year.
         */
        HolidayYear: {
            /** Holidays */
            holidays: components["schemas"]["HolidayPeriod"][];
            /** Year */
            year: number;
        };
        /**
         * ImageField
         * @description Uploaded files that are pictures by their first bytes, whatever they are called.
         */
        ImageField: {
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /**
             * Max Files
             * @default 20
             */
            max_files?: number;
            /**
             * Max Size Mb
             * @default 20
             */
            max_size_mb?: number;
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "image";
            /** Was */
            was?: string | null;
        };
        /**
         * InboxCounts
         * @description Open to-dos and unread copies.
         */
        InboxCounts: {
            /** Copied */
            copied: number;
            /** Todo */
            todo: number;
        };
        /**
         * InboxItem
         * @description One line of a box; `at` is what the box is ordered by; `is_returned`: it waits for its initiator again.
         */
        InboxItem: {
            /** App */
            app: string;
            /** App Title */
            app_title: string | components["schemas"]["Translated"];
            /** At */
            at: string;
            /** Decision */
            decision: string | null;
            /** Due At */
            due_at: string | null;
            /** Entity */
            entity: string;
            /** Flow Title */
            flow_title: string | components["schemas"]["Translated"];
            /** Id */
            id: string;
            /** Initiator Id */
            initiator_id: string;
            /** Instance Id */
            instance_id: string;
            /** Is Returned */
            is_returned: boolean;
            /** Node Key */
            node_key: string | null;
            /** Node Title */
            node_title: (string | components["schemas"]["Translated"]) | null;
            /** Opened At */
            opened_at: string | null;
            /** Read */
            read: boolean;
            /** Record Id */
            record_id: string;
            /** Started At */
            started_at: string;
            /** Status */
            status: string;
            /** Task Id */
            task_id: string | null;
            /** Title */
            title: string;
        };
        /**
         * InboxPage
         * @description Part of a box; `next` is the cursor of the following part, None at the end.
         */
        InboxPage: {
            /** Items */
            items: components["schemas"]["InboxItem"][];
            /** Next */
            next: string | null;
        };
        /**
         * Index
         * @description An index for lists and reports: of records by these fields in this order.
         *
         *     It serves filters on the first fields with an order by the next one, and figures of groups whose fields it has all.
         */
        Index: {
            /** Fields */
            fields: string[];
        };
        /**
         * InstanceBrief
         * @description An instance in one line; `current` is where it waits.
         */
        InstanceBrief: {
            /** App */
            app: string;
            /** Current */
            current: components["schemas"]["CurrentView"][];
            /** Department Id */
            department_id: string | null;
            /** Ended At */
            ended_at: string | null;
            /** Entity */
            entity: string;
            /** Flow Key */
            flow_key: string;
            /** Flow Title */
            flow_title: string | components["schemas"]["Translated"];
            /** Id */
            id: string;
            /** Initiator Id */
            initiator_id: string;
            /** Record Id */
            record_id: string;
            /** Started At */
            started_at: string;
            /** Status */
            status: string;
            /** Title */
            title: string;
        };
        /**
         * InstanceList
         * @description Instances of one record, the latest first.
         */
        InstanceList: {
            /** Items */
            items: components["schemas"]["InstanceBrief"][];
        };
        /**
         * InstanceView
         * @description An instance with its history and drawing.
         */
        InstanceView: {
            /** Can Retry */
            can_retry: boolean;
            /** Can Withdraw */
            can_withdraw: boolean;
            instance: components["schemas"]["InstanceBrief"];
            /** Timeline */
            timeline: components["schemas"]["TimelineEntry"][];
            tree: components["schemas"]["TreeView"];
        };
        /**
         * Item
         * @description A field of the layout, shown only while `visible_when` holds.
         */
        Item: {
            /** Field */
            field: string;
            /** Visible When */
            visible_when?: string | null;
            /** Width */
            width?: ("half" | "full") | null;
        };
        JsonValue: unknown;
        /**
         * KeyBody
         * @description A new API key; `member_id`: for a sample member.
         */
        KeyBody: {
            /**
             * Member Id
             * @default null
             */
            member_id?: string | null;
            /** Title */
            title: string;
        };
        /**
         * KeyList
         * @description Keys the caller made or owns, newest first.
         */
        KeyList: {
            /** Items */
            items: components["schemas"]["KeyView"][];
        };
        /**
         * KeyView
         * @description An API key without its token; `prefix` is how it begins.
         */
        KeyView: {
            /** Created At */
            created_at: string;
            /** Created By */
            created_by: string;
            /** Id */
            id: string;
            /** Member Id */
            member_id: string;
            /** Prefix */
            prefix: string;
            /** Revoked At */
            revoked_at: string | null;
            /** Title */
            title: string;
        };
        /**
         * Last
         * @description From so long ago until now.
         */
        Last: {
            /** Last */
            last: string;
        };
        /**
         * LinkBody
         * @description The token of a sign-in link.
         */
        LinkBody: {
            /** Token */
            token: string;
        };
        /**
         * LinkField
         * @description One record of the entity `entity`, held by its id; an ordered list of ids when `multiple` is set.
         *
         *     `app`: the application that has the entity, if it is another one.
         */
        LinkField: {
            /** App */
            app?: string | null;
            /** Default */
            default?: string | null;
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Entity */
            entity: string;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /**
             * Max Items
             * @default 500
             */
            max_items?: number;
            /**
             * Multiple
             * @default false
             */
            multiple?: boolean;
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "link";
            /**
             * Unique
             * @default false
             */
            unique?: boolean;
            /** Was */
            was?: string | null;
        };
        /**
         * LocalFormulas
         * @description Formulas for the browser; `steps` in the order in which they must be computed.
         *
         *     `now`: the server's time. `given`: what is found at paths that are no fields, in JSON form.
         */
        LocalFormulas: {
            /** Given */
            given: {
                [key: string]: string | null;
            };
            /** Now */
            now: string;
            /** Row Defaults */
            row_defaults: components["schemas"]["LocalStep"][];
            /** Steps */
            steps: components["schemas"]["LocalStep"][];
            /** Visible */
            visible: components["schemas"]["LocalVisibility"][];
        };
        /**
         * LocalStep
         * @description A computed field or column, or the default of a column in a new row. `subform`: path of that of a column.
         */
        LocalStep: {
            formula: components["schemas"]["WireFormula"];
            /** Path */
            path: string;
            /** Subform */
            subform: string | null;
        };
        /**
         * LocalVisibility
         * @description A field that is shown while all conditions hold.
         */
        LocalVisibility: {
            /** Conditions */
            conditions: components["schemas"]["WireFormula"][];
            /** Field */
            field: string;
        };
        /**
         * LocationField
         * @description Longitude and latitude in degrees (WGS 84, as browsers give them), and what the place is called.
         */
        LocationField: {
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "location";
            /** Was */
            was?: string | null;
        };
        /**
         * LongTextField
         * @description Text of several lines, not sorted by and not compared for order.
         */
        LongTextField: {
            /** Computed */
            computed?: string | null;
            /** Default */
            default?: string | null;
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /**
             * Max Length
             * @default 10000
             */
            max_length?: number;
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /**
             * Search
             * @default false
             */
            search?: boolean;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "long_text";
            /** Was */
            was?: string | null;
        };
        /**
         * LookupField
         * @description The value of the field `field` of the record behind the link `link`.
         *
         *     It is read in as a field of the type of the one it shows, see `engine.model.derived`.
         */
        LookupField: {
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Field */
            field: string;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /** Link */
            link: string;
            /**
             * Search
             * @default false
             */
            search?: boolean;
            /**
             * Sort
             * @default false
             */
            sort?: boolean;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "lookup";
            /** Was */
            was?: string | null;
        };
        /**
         * Me
         * @description Who is signed in. `origin`: the admin behind the person; `can_switch`: whether he may act as others.
         */
        Me: {
            /** Can Switch */
            can_switch: boolean;
            member: components["schemas"]["PersonView"];
            origin: components["schemas"]["PersonView"] | null;
            workspace: components["schemas"]["WorkspaceView"];
        };
        /**
         * MemberField
         * @description One member, or several when `multiple` is set.
         */
        MemberField: {
            /** Default */
            default?: string | null;
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /**
             * Multiple
             * @default false
             */
            multiple?: boolean;
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "member";
            /**
             * Unique
             * @default false
             */
            unique?: boolean;
            /** Was */
            was?: string | null;
        };
        /**
         * MemberView
         * @description A person. `department_id`: the main department; `departments`: all of them.
         */
        MemberView: {
            /** Account */
            account: string;
            /** Active */
            active: boolean;
            /** Department Id */
            department_id: string | null;
            /** Departments */
            departments: string[];
            /** Id */
            id: string;
            /** Is Admin */
            is_admin: boolean;
            /** Name */
            name: string | components["schemas"]["Translated"];
            /** Supervisor Id */
            supervisor_id: string | null;
        };
        /**
         * MenuEntry
         * @description An entry of the menu; exactly one of `form` and `view` is set.
         */
        MenuEntry: {
            /** Form */
            form?: string | null;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /** View */
            view?: string | null;
        };
        /**
         * MenuSection
         * @description A heading and its entries.
         */
        MenuSection: {
            /** Items */
            items: components["schemas"]["MenuEntry"][];
            /** Title */
            title: string | components["schemas"]["Translated"];
        };
        /**
         * MultiSelectField
         * @description Any number of the options; kept in the order of the options, each once.
         */
        MultiSelectField: {
            /** Default */
            default?: string | null;
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /** Options */
            options: components["schemas"]["Option"][];
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "multi_select";
            /** Was */
            was?: string | null;
        };
        /**
         * NewKey
         * @description A new key; the token is shown this once.
         */
        NewKey: {
            key: components["schemas"]["KeyView"];
            /** Token */
            token: string;
        };
        /**
         * Not
         * @description The part does not hold.
         */
        Not: {
            /** Not */
            not: components["schemas"]["And"] | components["schemas"]["Or"] | components["schemas"]["Not"] | components["schemas"]["FormulaCondition"] | components["schemas"]["Condition"];
        };
        /**
         * NumberField
         * @description An exact number: `digits` in all, of which `decimals` after the point. `unit` is shown beside it.
         *
         *     `percent`: 0.125 is shown as 12.5%. `currency`: the code of ISO 4217 with which it is shown.
         */
        NumberField: {
            /** Computed */
            computed?: string | null;
            /** Currency */
            currency?: string | null;
            /**
             * Decimals
             * @default 0
             */
            decimals?: number;
            /** Default */
            default?: string | null;
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /**
             * Digits
             * @default 15
             */
            digits?: number;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /** Max */
            max?: number | string | null;
            /** Min */
            min?: number | string | null;
            /**
             * Percent
             * @default false
             */
            percent?: boolean;
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /**
             * Sort
             * @default false
             */
            sort?: boolean;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "number";
            /**
             * Unique
             * @default false
             */
            unique?: boolean;
            /** Unit */
            unit?: (string | components["schemas"]["Translated"]) | null;
            /** Was */
            was?: string | null;
        };
        /**
         * OperationBody
         * @description One operation: exactly one member.
         */
        OperationBody: {
            /** @default null */
            create?: components["schemas"]["CreateBody"] | null;
            /** @default null */
            delete?: components["schemas"]["DeleteBody"] | null;
            /** @default null */
            purge?: components["schemas"]["BinnedBody"] | null;
            /** @default null */
            restore?: components["schemas"]["BinnedBody"] | null;
            /** @default null */
            update?: components["schemas"]["UpdateBody"] | null;
            /** @default null */
            upsert?: components["schemas"]["UpsertBody"] | null;
        };
        /**
         * Option
         * @description One choice. A `retired` option stays on records that have it and cannot be chosen any more.
         */
        Option: {
            /** Color */
            color?: ("default" | "blue" | "cyan" | "geekblue" | "gold" | "green" | "lime" | "magenta" | "orange" | "purple" | "red" | "volcano" | "yellow" | "pink") | null;
            /** Key */
            key: string;
            /**
             * Retired
             * @default false
             */
            retired?: boolean;
            /** Title */
            title: string | components["schemas"]["Translated"];
        };
        /**
         * Or
         * @description Some part holds.
         */
        Or: {
            /** Or */
            or: (components["schemas"]["And"] | components["schemas"]["Or"] | components["schemas"]["Not"] | components["schemas"]["FormulaCondition"] | components["schemas"]["Condition"])[];
        };
        /**
         * ParameterView
         * @description A parameter: what it is called, what its argument is converted to, whether it may be missing or repeats.
         */
        ParameterView: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "number" | "text" | "boolean" | "date" | "any" | "list" | "lazy";
            /** Optional */
            optional: boolean;
            /** Repeats */
            repeats: boolean;
            /** Title */
            title: string | components["schemas"]["Translated"];
        };
        /**
         * Period
         * @description A group for each period that a date falls into.
         */
        Period: {
            /**
             * By
             * @enum {string}
             */
            by: "day" | "week" | "month" | "quarter" | "year";
            /** Field */
            field: string;
        };
        /**
         * PersonBody
         * @description Whom to act as; null: oneself again.
         */
        PersonBody: {
            /** Member Id */
            member_id: string | null;
        };
        /**
         * PersonView
         * @description A person in a few words.
         */
        PersonView: {
            /** Account */
            account: string;
            /** Id */
            id: string;
            /** Is Admin */
            is_admin: boolean;
            /** Name */
            name: string | components["schemas"]["Translated"];
        };
        /**
         * PhoneField
         * @description A telephone number, kept in the international form of E.164; `region` is where one without `+` is dialled.
         */
        PhoneField: {
            /** Computed */
            computed?: string | null;
            /** Default */
            default?: string | null;
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /**
             * Mobile
             * @default false
             */
            mobile?: boolean;
            /**
             * Region
             * @default CN
             */
            region?: string;
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /**
             * Search
             * @default false
             */
            search?: boolean;
            /**
             * Sort
             * @default false
             */
            sort?: boolean;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "phone";
            /**
             * Unique
             * @default false
             */
            unique?: boolean;
            /** Was */
            was?: string | null;
        };
        /**
         * Pivot
         * @description The measures where each line of the row groups meets each column of the column groups, with totals.
         */
        Pivot: {
            /** Across */
            across: (components["schemas"]["FieldGroup"] | components["schemas"]["FormulaGroup"])[];
            /** Down */
            down: (components["schemas"]["FieldGroup"] | components["schemas"]["FormulaGroup"])[];
            /**
             * Filter
             * @default null
             */
            filter?: (components["schemas"]["And"] | components["schemas"]["Or"] | components["schemas"]["Not"] | components["schemas"]["FormulaCondition"] | components["schemas"]["Condition"]) | null;
            /**
             * Measures
             * @default [
             *       {
             *         "field": null,
             *         "function": "count",
             *         "key": "count"
             *       }
             *     ]
             */
            measures?: (components["schemas"]["FieldMeasure"] | components["schemas"]["FormulaMeasure"])[];
            /**
             * Rows
             * @default null
             */
            rows?: string | null;
            /**
             * View
             * @default null
             */
            view?: string | null;
        };
        /**
         * PivotTable
         * @description Figures where lines meet columns, None where no record is; `cells` has a row for each line of `down`.
         */
        PivotTable: {
            /** Across */
            across: {
                [key: string]: components["schemas"]["JsonValue"];
            }[];
            /** Across Totals */
            across_totals: {
                [key: string]: components["schemas"]["JsonValue"];
            }[];
            /** Cells */
            cells: ({
                [key: string]: components["schemas"]["JsonValue"];
            } | null)[][];
            /** Down */
            down: {
                [key: string]: components["schemas"]["JsonValue"];
            }[];
            /** Down Totals */
            down_totals: {
                [key: string]: components["schemas"]["JsonValue"];
            }[];
            /** Links */
            links?: {
                [key: string]: string;
            };
            /** Total */
            total: {
                [key: string]: components["schemas"]["JsonValue"];
            };
        };
        /**
         * Place
         * @description Where a formula stands.
         *
         *     `field`: path of the field or column whose value it computes, or that it shows; without it a visibility is that of
         *     the whole section. `rule`: its key. `form` and `section` (counted from 0): of a visibility.
         */
        Place: {
            /** Field */
            field?: string | null;
            /** Form */
            form?: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "computed" | "default" | "rule" | "visibility";
            /** Rule */
            rule?: string | null;
            /** Section */
            section?: number | null;
        };
        /**
         * ProgressField
         * @description How much of something is done, from 0 to 100.
         */
        ProgressField: {
            /** Computed */
            computed?: string | null;
            /**
             * Decimals
             * @default 0
             */
            decimals?: number;
            /** Default */
            default?: string | null;
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /**
             * Sort
             * @default false
             */
            sort?: boolean;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "progress";
            /**
             * Unique
             * @default false
             */
            unique?: boolean;
            /** Was */
            was?: string | null;
        };
        /**
         * QueryPage
         * @description Part of a list; `next` is the cursor of the following part. `linked`: records behind expanded links, by id.
         */
        QueryPage: {
            /** Items */
            items: components["schemas"]["RecordView"][];
            /** Linked */
            linked?: {
                [key: string]: components["schemas"]["RecordView"];
            };
            /** Next */
            next: string | null;
        };
        /**
         * RatingField
         * @description So many stars of `max`.
         */
        RatingField: {
            /** Computed */
            computed?: string | null;
            /** Default */
            default?: string | null;
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /**
             * Max
             * @default 5
             */
            max?: number;
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /**
             * Sort
             * @default false
             */
            sort?: boolean;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "rating";
            /**
             * Unique
             * @default false
             */
            unique?: boolean;
            /** Was */
            was?: string | null;
        };
        /**
         * RecordBody
         * @description A new record. `id`: chosen by the client.
         */
        RecordBody: {
            /**
             * Id
             * @default null
             */
            id?: string | null;
            /** Values */
            values: {
                [key: string]: unknown;
            };
        };
        /**
         * RecordDetail
         * @description A record and what the caller may do with it.
         *
         *     `writable`: paths he may change outside of flows. `formulas`: what his browser may compute while he does, in the
         *     entity's own form; None where there is nothing to change. `failed`: the error values (`#DIV/0!`) for which computed
         *     values are missing, by JSON pointer. `deletable`: whether he may put it into the recycle bin.
         */
        RecordDetail: {
            /** Deletable */
            deletable: boolean;
            /** Failed */
            failed: {
                [key: string]: string;
            };
            formulas: components["schemas"]["LocalFormulas"] | null;
            /** Hidden */
            hidden: string[];
            record: components["schemas"]["RecordView"];
            /** Writable */
            writable: string[];
        };
        /**
         * RecordPage
         * @description Part of a list; `next` is the cursor of the following part, None at the end.
         */
        RecordPage: {
            /** Items */
            items: components["schemas"]["RecordView"][];
            /** Next */
            next: string | null;
        };
        /**
         * RecordQuery
         * @description A page of records: those of a view, of a filter, of both, in an order.
         *
         *     `columns`: only these fields, else all. `expand`: links whose records come along (`project`, `lines.product`).
         */
        RecordQuery: {
            /**
             * Columns
             * @default null
             */
            columns?: string[] | null;
            /**
             * Cursor
             * @default null
             */
            cursor?: string | null;
            /**
             * Expand
             * @default []
             */
            expand?: string[];
            /**
             * Filter
             * @default null
             */
            filter?: (components["schemas"]["And"] | components["schemas"]["Or"] | components["schemas"]["Not"] | components["schemas"]["FormulaCondition"] | components["schemas"]["Condition"]) | null;
            /**
             * Limit
             * @default 50
             */
            limit?: number;
            /**
             * Sort
             * @default null
             */
            sort?: (components["schemas"]["SortKey"] | components["schemas"]["FormulaSort"])[] | null;
            /**
             * View
             * @default null
             */
            view?: string | null;
        };
        /**
         * RecordView
         * @description A record for one person; `values` in JSON form by field key, hidden fields absent.
         *
         *     `links`: titles of the records that it links to, by id, of those that the person may read. `deleted`: those of its
         *     links that lead to no record any more.
         */
        RecordView: {
            /** Created At */
            created_at: string;
            /** Created By */
            created_by: string | null;
            /** Created Department */
            created_department: string | null;
            /**
             * Deleted
             * @default []
             */
            deleted?: string[];
            /** Flow Status */
            flow_status: string | null;
            /** Id */
            id: string;
            /** Links */
            links?: {
                [key: string]: string;
            };
            /** Title */
            title: string;
            /** Updated At */
            updated_at: string;
            /** Updated By */
            updated_by: string | null;
            /** Values */
            values: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** Version */
            version: number;
        };
        /**
         * RelatedField
         * @description The records of `entity` whose link `by` (a field, or a column of a subform: `lines.product`) leads to this one.
         *
         *     `app`: the application that has the entity, if it is another one. `columns`: what a list of them shows; none: what
         *     the entity itself would show.
         */
        RelatedField: {
            /** App */
            app?: string | null;
            /** By */
            by: string;
            /**
             * Columns
             * @default []
             */
            columns?: string[];
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Entity */
            entity: string;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "related";
            /** Was */
            was?: string | null;
        };
        /**
         * Report
         * @description The groups in order; `more`: there are others beyond the limit. `links`: titles of linked records by id.
         */
        Report: {
            /** Items */
            items: components["schemas"]["ReportLine"][];
            /** Links */
            links?: {
                [key: string]: string;
            };
            /** More */
            more: boolean;
        };
        /**
         * ReportLine
         * @description One group: the values in common by group key, and the figures by measure key, in JSON form.
         */
        ReportLine: {
            /** Group */
            group: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** Values */
            values: {
                [key: string]: components["schemas"]["JsonValue"];
            };
        };
        /**
         * ResultItem
         * @description What became of one operation. `done`: created, updated, deleted, restored, purged; null: it was refused.
         */
        ResultItem: {
            /** Done */
            done: string | null;
            /** Errors */
            errors: {
                [key: string]: unknown;
            }[];
            /** Id */
            id: string | null;
            /** Index */
            index: number;
            /** Status */
            status: number;
            /** Version */
            version: number | null;
        };
        /**
         * ResultSort
         * @description A group or a measure to sort the groups by, named by its key.
         */
        ResultSort: {
            /**
             * Desc
             * @default false
             */
            desc?: boolean;
            /** Key */
            key: string;
        };
        /**
         * RetryBody
         * @description Which parked visit to try again.
         */
        RetryBody: {
            /** Activation */
            activation: number;
        };
        /**
         * Reversion
         * @description What restoring a version would change: value now and value then of each field, in JSON form.
         *
         *     `kept`: fields that differ and that the caller may not write. `gone`: keys of fields that the entity has no more.
         */
        Reversion: {
            /** Changes */
            changes: {
                [key: string]: components["schemas"]["JsonValue"][];
            };
            /** Gone */
            gone: string[];
            /** Kept */
            kept: string[];
            /** Version */
            version: number;
        };
        /**
         * RevertBody
         * @description The version of a record whose values are to hold again.
         */
        RevertBody: {
            /** Version */
            version: number;
        };
        /**
         * Reverted
         * @description The record as it is now, and what could not be brought back.
         */
        Reverted: {
            /** Gone */
            gone: string[];
            /** Kept */
            kept: string[];
            record: components["schemas"]["RecordView"];
        };
        /**
         * RichTextField
         * @description Text with headings, lists, links and emphasis; what could run or load something is left out when it is read.
         */
        RichTextField: {
            /** Default */
            default?: string | null;
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /**
             * Max Length
             * @default 20000
             */
            max_length?: number;
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "rich_text";
            /** Was */
            was?: string | null;
        };
        /**
         * RoleView
         * @description A role and who holds it.
         */
        RoleView: {
            /** Key */
            key: string;
            /** Members */
            members: string[];
            /** Title */
            title: string | components["schemas"]["Translated"];
        };
        /**
         * RollupField
         * @description What `function` makes of the field `field` of the records of `entity` whose link `by` leads here.
         *
         *     It is read in as a field of the type of its value, see `engine.model.derived`.
         */
        RollupField: {
            /** By */
            by: string;
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Entity */
            entity: string;
            /** Field */
            field?: string | null;
            /**
             * Function
             * @enum {string}
             */
            function: "count" | "sum" | "average" | "min" | "max";
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /**
             * Sort
             * @default false
             */
            sort?: boolean;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "rollup";
            /** Was */
            was?: string | null;
            /** Where */
            where?: (components["schemas"]["And"] | components["schemas"]["Or"] | components["schemas"]["Not"] | components["schemas"]["FormulaCondition"] | components["schemas"]["Condition"]) | null;
        };
        /**
         * Rule
         * @description A condition between fields: where `check` is false, `message` is shown at the fields of `at`.
         */
        Rule: {
            /**
             * At
             * @default []
             */
            at?: string[];
            /** Check */
            check: string;
            /** Key */
            key: string;
            /** Message */
            message: string | components["schemas"]["Translated"];
        };
        /**
         * SaveFormulaBody
         * @description A formula to be published; `source` null takes it away. `seen_version`: of the application that was seen.
         */
        SaveFormulaBody: {
            /**
             * Note
             * @default null
             */
            note?: string | null;
            place: components["schemas"]["FormulaPlace"];
            /** Seen Version */
            seen_version: number;
            /** Source */
            source: string | null;
        };
        /**
         * ScopePath
         * @description Something a formula may name; `titles` from the outside in.
         */
        ScopePath: {
            /** Is List */
            is_list: boolean;
            /**
             * Kind
             * @enum {string}
             */
            kind: "number" | "text" | "boolean" | "date" | "datetime" | "option" | "member" | "department" | "record" | "files" | "rich_text" | "null" | "any";
            /** Path */
            path: string;
            /** Titles */
            titles: (string | components["schemas"]["Translated"])[];
        };
        /**
         * Section
         * @description A heading and the fields under it, in one column or two.
         */
        Section: {
            /**
             * Columns
             * @default 1
             */
            columns?: number;
            /** Items */
            items: (string | components["schemas"]["Item"])[];
            /** Section */
            section: string | components["schemas"]["Translated"];
            /** Visible When */
            visible_when?: string | null;
        };
        /**
         * SelectField
         * @description Exactly one of the options, or none.
         */
        SelectField: {
            /** Default */
            default?: string | null;
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /** Options */
            options: components["schemas"]["Option"][];
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /**
             * Sort
             * @default false
             */
            sort?: boolean;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "select";
            /**
             * Unique
             * @default false
             */
            unique?: boolean;
            /** Was */
            was?: string | null;
        };
        /**
         * SentCalendar
         * @description A working calendar: ISO weekdays worked, then the days of the table `base`, then its own days, which beat both.
         *
         *     `hours`: from and to of each stretch of work, in minutes since midnight.
         */
        SentCalendar: {
            /** Base */
            base: "CN" | null;
            /** Extra */
            extra: string[];
            /** Hours */
            hours: [
                number,
                number
            ][];
            /** Key */
            key: string;
            /** Off */
            off: string[];
            /** Title */
            title: string | components["schemas"]["Translated"];
            /** Workdays */
            workdays: number[];
        };
        /**
         * SerialField
         * @description A number given at creation, never changed; `pattern` such as `LX-{yyyy}{mm}-{seq:4}`.
         */
        SerialField: {
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /** Pattern */
            pattern: string;
            /**
             * Reset
             * @default never
             * @enum {string}
             */
            reset?: "never" | "year" | "month" | "day";
            /**
             * Search
             * @default false
             */
            search?: boolean;
            /**
             * Sort
             * @default false
             */
            sort?: boolean;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "serial";
            /** Was */
            was?: string | null;
        };
        /**
         * SettingsChange
         * @description What an admin changes; members that are absent stay as they are.
         */
        SettingsChange: {
            /**
             * Bin Days
             * @default null
             */
            bin_days?: number | null;
            /**
             * Default Calendar
             * @default null
             */
            default_calendar?: string | null;
            /**
             * Language
             * @default null
             */
            language?: ("zh-CN" | "en") | null;
            /**
             * Title
             * @default null
             */
            title?: string | null;
            /**
             * Zone
             * @default null
             */
            zone?: string | null;
        };
        /**
         * SignatureField
         * @description A name written by hand, kept as a picture.
         */
        SignatureField: {
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "signature";
            /** Was */
            was?: string | null;
        };
        /**
         * SortKey
         * @description One field to sort by, ascending unless `desc`.
         */
        SortKey: {
            /**
             * Desc
             * @default false
             */
            desc?: boolean;
            /** Field */
            field: string;
        };
        /**
         * SubformField
         * @description Rows of columns, kept in order; every row has an id of its own. A row may have a subform in turn, one level.
         */
        SubformField: {
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Fields */
            fields: (components["schemas"]["TextField"] | components["schemas"]["LongTextField"] | components["schemas"]["RichTextField"] | components["schemas"]["NumberField"] | components["schemas"]["BooleanField"] | components["schemas"]["DateField"] | components["schemas"]["DateTimeField"] | components["schemas"]["TimeField"] | components["schemas"]["DurationField"] | components["schemas"]["EmailField"] | components["schemas"]["UrlField"] | components["schemas"]["PhoneField"] | components["schemas"]["BarcodeField"] | components["schemas"]["RatingField"] | components["schemas"]["ProgressField"] | components["schemas"]["SelectField"] | components["schemas"]["MultiSelectField"] | components["schemas"]["MemberField"] | components["schemas"]["DepartmentField"] | components["schemas"]["LinkField"] | components["schemas"]["LookupField"] | components["schemas"]["AttachmentField"] | components["schemas"]["ImageField"] | components["schemas"]["SignatureField"] | components["schemas"]["DateRangeField"] | components["schemas"]["AddressField"] | components["schemas"]["LocationField"] | components["schemas"]["SubformField"])[];
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /**
             * Max Rows
             * @default 200
             */
            max_rows?: number;
            /**
             * Min Rows
             * @default 0
             */
            min_rows?: number;
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "subform";
            /** Was */
            was?: string | null;
        };
        /**
         * SubmitBody
         * @description A filled form. `id`: the record's id chosen by the client.
         */
        SubmitBody: {
            /**
             * Comment
             * @default null
             */
            comment?: string | null;
            /**
             * Department Id
             * @default null
             */
            department_id?: string | null;
            /**
             * Draft Id
             * @default null
             */
            draft_id?: string | null;
            /**
             * Id
             * @default null
             */
            id?: string | null;
            /** Values */
            values: {
                [key: string]: unknown;
            };
        };
        /**
         * Submitted
         * @description The record that was made and the flow that was started for it, if the form has one.
         */
        Submitted: {
            instance: components["schemas"]["InstanceBrief"] | null;
            record: components["schemas"]["RecordView"];
        };
        /**
         * TallyView
         * @description How several people decide at a node (`mode`: any, all, sequential, percent, count), and how far they are.
         */
        TallyView: {
            /** Approved */
            approved: number;
            /** Collect */
            collect: string;
            /** Mode */
            mode: string;
            /** Needed */
            needed: number;
            /** Percent */
            percent: number | null;
            /** Rejected */
            rejected: number;
            /** Veto Ids */
            veto_ids: string[];
            /** Voters */
            voters: number;
        };
        /**
         * TargetView
         * @description A node that a return may go to.
         */
        TargetView: {
            /** Key */
            key: string;
            /** Title */
            title: string | components["schemas"]["Translated"];
        };
        /**
         * TaskBrief
         * @description A task; `state` is open, held, done or cancelled.
         */
        TaskBrief: {
            /** Closed At */
            closed_at: string | null;
            /** Comment */
            comment: string | null;
            /** Decision */
            decision: string | null;
            /** Due At */
            due_at: string | null;
            /** Id */
            id: string;
            /** Member Id */
            member_id: string;
            /** Node Key */
            node_key: string;
            /** Node Title */
            node_title: string | components["schemas"]["Translated"];
            /** Opened At */
            opened_at: string;
            /** State */
            state: string;
        };
        /**
         * TaskView
         * @description The page of a task: the record with the node's rights, the actions, and where the flow is.
         *
         *     `formulas`: what the owner's browser may compute while he types; None where nothing can be entered. `failed`: the
         *     error values (`#DIV/0!`) for which computed values are missing, by JSON pointer.
         */
        TaskView: {
            /** Actions */
            actions: components["schemas"]["ActionView"][];
            entity: components["schemas"]["Entity"];
            /** Failed */
            failed: {
                [key: string]: string;
            };
            flow: components["schemas"]["InstanceView"];
            form: components["schemas"]["Form"] | null;
            formulas: components["schemas"]["LocalFormulas"] | null;
            record: components["schemas"]["RecordView"];
            /** Rights */
            rights: {
                [key: string]: string;
            };
            task: components["schemas"]["TaskBrief"];
        };
        /**
         * TextField
         * @description A single line of text; `pattern` is an RE2 expression that the whole text must match.
         */
        TextField: {
            /** Computed */
            computed?: string | null;
            /** Default */
            default?: string | null;
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /**
             * Max Length
             * @default 255
             */
            max_length?: number;
            /** Pattern */
            pattern?: string | null;
            /** Pattern Message */
            pattern_message?: (string | components["schemas"]["Translated"]) | null;
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /**
             * Search
             * @default false
             */
            search?: boolean;
            /**
             * Sort
             * @default false
             */
            sort?: boolean;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "text";
            /**
             * Unique
             * @default false
             */
            unique?: boolean;
            /** Was */
            was?: string | null;
        };
        /**
         * This
         * @description The calendar period that now is in; weeks begin on Monday.
         */
        This: {
            /**
             * This
             * @enum {string}
             */
            this: "day" | "week" | "month" | "quarter" | "year";
        };
        /**
         * TimeField
         * @description A time of the 24-hour clock, of no day and no zone. Kept as text, which is in the order of the clock.
         */
        TimeField: {
            /** Computed */
            computed?: string | null;
            /** Default */
            default?: string | null;
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /**
             * Precision
             * @default minute
             * @enum {string}
             */
            precision?: "minute" | "second";
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /**
             * Sort
             * @default false
             */
            sort?: boolean;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "time";
            /**
             * Unique
             * @default false
             */
            unique?: boolean;
            /** Was */
            was?: string | null;
        };
        /**
         * TimelineEntry
         * @description Something that happened. `waited_ms`: how long the person's task was open, `due_at`: until when it should have
         *     been done; `member_ids`: who was told.
         *
         *     `record_entity` and `record_title`: of a record that the flow made, for those who may see it.
         */
        TimelineEntry: {
            /** Actor Id */
            actor_id: string | null;
            /** At */
            at: string;
            /** Automatic */
            automatic?: string | null;
            /** Comment */
            comment?: string | null;
            /** Decision */
            decision?: string | null;
            /** Due At */
            due_at?: string | null;
            /** Kind */
            kind: string;
            /**
             * Member Ids
             * @default []
             */
            member_ids?: string[];
            /** Node Key */
            node_key: string | null;
            /** Node Title */
            node_title: (string | components["schemas"]["Translated"]) | null;
            /** Record Entity */
            record_entity?: string | null;
            /** Record Id */
            record_id?: string | null;
            /** Record Title */
            record_title?: string | null;
            /** Seq */
            seq: number;
            /** Text */
            text?: string | null;
            /** To */
            to?: string | null;
            /** To Title */
            to_title?: (string | components["schemas"]["Translated"]) | null;
            /** Waited Ms */
            waited_ms?: number | null;
        };
        /**
         * Today
         * @description The day so many days from today: 0 is today, -1 yesterday.
         */
        Today: {
            /** Today */
            today: number;
        };
        /**
         * TotalSource
         * @description Records of another entity, or others of the same one, that count with the total; grouped alike.
         */
        TotalSource: {
            /**
             * By
             * @default []
             */
            by?: (string | components["schemas"]["Period"])[];
            /** Entity */
            entity: string;
            /** Sum */
            sum?: string | null;
            /** Where */
            where?: (components["schemas"]["And"] | components["schemas"]["Or"] | components["schemas"]["Not"] | components["schemas"]["FormulaCondition"] | components["schemas"]["Condition"]) | null;
        };
        /**
         * Translated
         * @description One text in both languages of the product.
         */
        Translated: {
            /** En */
            en: string;
            /** Zh-Cn */
            "zh-CN": string;
        };
        /**
         * TreeMemberView
         * @description Somebody who votes or voted at a node.
         */
        TreeMemberView: {
            /** Decision */
            decision: string | null;
            /** Id */
            id: string;
        };
        /**
         * TreeView
         * @description A block of the drawn flow; `branch` and `when` where it is a branch of a choice.
         */
        TreeView: {
            /** Branch */
            branch: string | null;
            /** Branch Title */
            branch_title: (string | components["schemas"]["Translated"]) | null;
            /** Children */
            children: components["schemas"]["TreeView"][];
            /** Incident */
            incident: string | null;
            /** Key */
            key: string;
            /** Kind */
            kind: string;
            /** Members */
            members: components["schemas"]["TreeMemberView"][];
            /** State */
            state: string;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /** When */
            when: string | null;
        };
        /**
         * UpdateBody
         * @description Changes of a record of which `version` was seen.
         */
        UpdateBody: {
            /** Id */
            id: string;
            /** Values */
            values: {
                [key: string]: unknown;
            };
            /** Version */
            version: number;
        };
        /**
         * UploadView
         * @description What an upload brought: the years it was for, and how many days.
         */
        UploadView: {
            calendar: components["schemas"]["CalendarView"];
            /** Days Off */
            days_off: number;
            /** Extra Workdays */
            extra_workdays: number;
            /** Years */
            years: number[];
        };
        /**
         * UpsertBody
         * @description Values of the record that has the same values of the fields `match`, a unique field or combination; made if
         *     there is none.
         */
        UpsertBody: {
            /** Match */
            match: string[];
            /** Values */
            values: {
                [key: string]: unknown;
            };
        };
        /**
         * UrlField
         * @description An address of the web, with `http` or `https`.
         */
        UrlField: {
            /** Computed */
            computed?: string | null;
            /** Default */
            default?: string | null;
            /** Derived */
            derived?: ("lookup" | "rollup") | null;
            /** Help */
            help?: (string | components["schemas"]["Translated"]) | null;
            /** Key */
            key: string;
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /** Required When */
            required_when?: string | null;
            /**
             * Search
             * @default false
             */
            search?: boolean;
            /**
             * Sort
             * @default false
             */
            sort?: boolean;
            /** Title */
            title: string | components["schemas"]["Translated"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "url";
            /**
             * Unique
             * @default false
             */
            unique?: boolean;
            /** Was */
            was?: string | null;
        };
        /**
         * Use
         * @description A place that reads fields, at a JSON pointer of a file.
         *
         *     `titles`: what people call it, from the outside in. `field`: the field that gets its value, or is shown by it, of
         *     the entity `entity`. `source`: its formula, if it is one.
         */
        Use: {
            /** Entity */
            entity: string;
            /** Field */
            field?: string | null;
            /** File */
            file: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "computed" | "default" | "rule" | "visibility" | "record_title" | "flow_condition" | "flow_value" | "flow_people" | "lookup" | "rollup" | "view_column" | "view_filter" | "view_sort" | "permission_rows";
            /** Pointer */
            pointer: string;
            /** Source */
            source?: string | null;
            /** Titles */
            titles: (string | components["schemas"]["Translated"])[];
        };
        /**
         * ValueCount
         * @description A value in JSON form, and how many records have it.
         */
        ValueCount: {
            /** Count */
            count: number;
            value: components["schemas"]["JsonValue"];
        };
        /**
         * ValueList
         * @description Values in order; `next` is what the following part is asked for `after`, None at the end.
         */
        ValueList: {
            /** Items */
            items: components["schemas"]["ValueCount"][];
            /** Links */
            links?: {
                [key: string]: string;
            };
            /** Next */
            next: string | null;
        };
        /**
         * ValuesBody
         * @description Field values in JSON form by field key.
         */
        ValuesBody: {
            /** Values */
            values: {
                [key: string]: unknown;
            };
        };
        /**
         * View
         * @description A grid of records: columns, rows that pass the filter, order.
         */
        View: {
            /** Columns */
            columns: string[];
            /** Entity */
            entity: string;
            /** Filter */
            filter?: (components["schemas"]["And"] | components["schemas"]["Or"] | components["schemas"]["Not"] | components["schemas"]["FormulaCondition"] | components["schemas"]["Condition"]) | null;
            /** Key */
            key: string;
            /**
             * Kind
             * @constant
             */
            kind: "grid";
            /**
             * Sort
             * @default []
             */
            sort?: (components["schemas"]["SortKey"] | components["schemas"]["FormulaSort"])[];
            /** Title */
            title: string | components["schemas"]["Translated"];
            /** Was */
            was?: string | null;
        };
        /**
         * WireBinary
         * @description Two operands.
         */
        WireBinary: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "number" | "text" | "boolean" | "date" | "datetime" | "option" | "member" | "department" | "record" | "files" | "rich_text" | "null" | "any";
            /** Left */
            left: components["schemas"]["WireConstant"] | components["schemas"]["WireReference"] | components["schemas"]["WireUnary"] | components["schemas"]["WireBinary"] | components["schemas"]["WireCall"];
            /**
             * Operator
             * @enum {string}
             */
            operator: "+" | "-" | "*" | "/" | "^" | "&" | "=" | "<>" | "<" | "<=" | ">" | ">=";
            /** Right */
            right: components["schemas"]["WireConstant"] | components["schemas"]["WireReference"] | components["schemas"]["WireUnary"] | components["schemas"]["WireBinary"] | components["schemas"]["WireCall"];
            /**
             * Type
             * @constant
             */
            type: "binary";
        };
        /**
         * WireCall
         * @description A function by its main name; `takes` says for each argument what it is converted to before the call.
         */
        WireCall: {
            /** Arguments */
            arguments: (components["schemas"]["WireConstant"] | components["schemas"]["WireReference"] | components["schemas"]["WireUnary"] | components["schemas"]["WireBinary"] | components["schemas"]["WireCall"])[];
            /** Is List */
            is_list: boolean;
            /**
             * Kind
             * @enum {string}
             */
            kind: "number" | "text" | "boolean" | "date" | "datetime" | "option" | "member" | "department" | "record" | "files" | "rich_text" | "null" | "any";
            /** Name */
            name: string;
            /** Takes */
            takes: ("number" | "text" | "boolean" | "date" | "any" | "list" | "lazy")[];
            /**
             * Type
             * @constant
             */
            type: "call";
        };
        /**
         * WireConstant
         * @description A literal; numbers as decimal text (`12.5`, `1E+20`), a missing argument as null.
         */
        WireConstant: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "number" | "text" | "boolean" | "date" | "datetime" | "option" | "member" | "department" | "record" | "files" | "rich_text" | "null" | "any";
            /**
             * Type
             * @constant
             */
            type: "constant";
            /** Value */
            value: string | boolean | null;
        };
        /**
         * WireFormula
         * @description A formula for the browser.
         *
         *     `references`: every path it may read, sorted. `steps`: of the budget, known beforehand for one evaluation.
         */
        WireFormula: {
            /** References */
            references: string[];
            /** Steps */
            steps: number;
            /** Tree */
            tree: components["schemas"]["WireConstant"] | components["schemas"]["WireReference"] | components["schemas"]["WireUnary"] | components["schemas"]["WireBinary"] | components["schemas"]["WireCall"];
            /** Uses Clock */
            uses_clock: boolean;
        };
        /**
         * WireReference
         * @description A field by its path of keys.
         */
        WireReference: {
            /** Is List */
            is_list: boolean;
            /**
             * Kind
             * @enum {string}
             */
            kind: "number" | "text" | "boolean" | "date" | "datetime" | "option" | "member" | "department" | "record" | "files" | "rich_text" | "null" | "any";
            /** Path */
            path: string;
            /**
             * Type
             * @constant
             */
            type: "reference";
        };
        /**
         * WireUnary
         * @description Sign or percent.
         */
        WireUnary: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "number" | "text" | "boolean" | "date" | "datetime" | "option" | "member" | "department" | "record" | "files" | "rich_text" | "null" | "any";
            /** Operand */
            operand: components["schemas"]["WireConstant"] | components["schemas"]["WireReference"] | components["schemas"]["WireUnary"] | components["schemas"]["WireBinary"] | components["schemas"]["WireCall"];
            /**
             * Operator
             * @enum {string}
             */
            operator: "-" | "+" | "%";
            /**
             * Type
             * @constant
             */
            type: "unary";
        };
        /**
         * WorkInterval
         * @description One stretch of work within a day, wall-clock times of the workspace's zone; `24:00` is the end of the day.
         */
        WorkInterval: {
            /** From */
            from: string;
            /** To */
            to: string;
        };
        /**
         * WorkspaceView
         * @description Settings of the workspace; `default_calendar` is the key of one of `calendars`.
         */
        WorkspaceView: {
            /** Bin Days */
            bin_days: number;
            /** Calendars */
            calendars: components["schemas"]["SentCalendar"][];
            /** Default Calendar */
            default_calendar: string;
            /** Has Sample */
            has_sample: boolean;
            /** Language */
            language: string;
            /** Tables */
            tables: {
                [key: string]: components["schemas"]["HolidayDays"];
            };
            /** Title */
            title: string;
            /** Zone */
            zone: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_apps_api_apps_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_app_api_apps__app_key__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_choices_api_apps__app_key__entities__entity_key__choices_get: {
        parameters: {
            query?: {
                ids?: string | null;
                q?: string;
            };
            header?: never;
            path: {
                app_key: string;
                entity_key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChoiceList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    post_condition_check_api_apps__app_key__entities__entity_key__conditions_check_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_key: string;
                entity_key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckConditionBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConditionCheck"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_condition_names_api_apps__app_key__entities__entity_key__conditions_names_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_key: string;
                entity_key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConditionNames"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_dependencies_api_apps__app_key__entities__entity_key__dependencies_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_key: string;
                entity_key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DependencyList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_formulas_api_apps__app_key__entities__entity_key__formulas_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_key: string;
                entity_key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FormulaList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    put_formula_api_apps__app_key__entities__entity_key__formulas_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_key: string;
                entity_key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveFormulaBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FormulaSaved"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    check_formula_api_apps__app_key__entities__entity_key__formulas_check_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_key: string;
                entity_key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckFormulaBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FormulaCheck"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_records_api_apps__app_key__entities__entity_key__records_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                filter?: string | null;
                limit?: number;
                sort?: string | null;
                view?: string | null;
            };
            header?: never;
            path: {
                app_key: string;
                entity_key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    post_record_api_apps__app_key__entities__entity_key__records_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the client for this request: sent again with the same key, it has the effect and the answer of the first time. With another body it is refused (422). */
                "Idempotency-Key"?: string;
            };
            path: {
                app_key: string;
                entity_key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_one_api_apps__app_key__entities__entity_key__records__record_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_key: string;
                entity_key: string;
                record_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description The version of the record, for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordDetail"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    delete_one_api_apps__app_key__entities__entity_key__records__record_id__delete: {
        parameters: {
            query?: never;
            header: {
                /** @description Chosen by the client for this request: sent again with the same key, it has the effect and the answer of the first time. With another body it is refused (422). */
                "Idempotency-Key"?: string;
                /** @description The version of the record that was seen, as its ETag. Without it 428; if a field that is written was changed since, 409 with both sides. */
                "If-Match": string;
            };
            path: {
                app_key: string;
                entity_key: string;
                record_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deletion"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    patch_record_api_apps__app_key__entities__entity_key__records__record_id__patch: {
        parameters: {
            query?: never;
            header: {
                /** @description The version of the record that was seen, as its ETag. Without it 428; if a field that is written was changed since, 409 with both sides. */
                "If-Match": string;
            };
            path: {
                app_key: string;
                entity_key: string;
                record_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ValuesBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description The version of the record, for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_history_api_apps__app_key__entities__entity_key__records__record_id__history_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_key: string;
                entity_key: string;
                record_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_reversion_api_apps__app_key__entities__entity_key__records__record_id__history__version__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_key: string;
                entity_key: string;
                record_id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reversion"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_instances_api_apps__app_key__entities__entity_key__records__record_id__instances_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_key: string;
                entity_key: string;
                record_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_related_api_apps__app_key__entities__entity_key__records__record_id__related__field_key__get: {
        parameters: {
            query?: {
                cursor?: string | null;
                filter?: string | null;
                limit?: number;
                sort?: string | null;
            };
            header?: never;
            path: {
                app_key: string;
                entity_key: string;
                field_key: string;
                record_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_related_count_api_apps__app_key__entities__entity_key__records__record_id__related__field_key__count_get: {
        parameters: {
            query?: {
                filter?: string | null;
            };
            header?: never;
            path: {
                app_key: string;
                entity_key: string;
                field_key: string;
                record_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["engine__runtime__listing__Total"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    post_revert_api_apps__app_key__entities__entity_key__records__record_id__restore_post: {
        parameters: {
            query?: never;
            header: {
                /** @description Chosen by the client for this request: sent again with the same key, it has the effect and the answer of the first time. With another body it is refused (422). */
                "Idempotency-Key"?: string;
                /** @description The version of the record that was seen, as its ETag. Without it 428; if a field that is written was changed since, 409 with both sides. */
                "If-Match": string;
            };
            path: {
                app_key: string;
                entity_key: string;
                record_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevertBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reverted"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    post_aggregate_api_apps__app_key__entities__entity_key__records_aggregate_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_key: string;
                entity_key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Aggregation"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    post_batch_api_apps__app_key__entities__entity_key__records_batch_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the client for this request: sent again with the same key, it has the effect and the answer of the first time. With another body it is refused (422). */
                "Idempotency-Key"?: string;
            };
            path: {
                app_key: string;
                entity_key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BatchBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchResult"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_bin_api_apps__app_key__entities__entity_key__records_bin_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                app_key: string;
                entity_key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BinPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    delete_for_good_api_apps__app_key__entities__entity_key__records_bin__record_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_key: string;
                entity_key: string;
                record_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    post_restore_api_apps__app_key__entities__entity_key__records_bin__record_id__restore_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the client for this request: sent again with the same key, it has the effect and the answer of the first time. With another body it is refused (422). */
                "Idempotency-Key"?: string;
            };
            path: {
                app_key: string;
                entity_key: string;
                record_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_count_api_apps__app_key__entities__entity_key__records_count_get: {
        parameters: {
            query?: {
                filter?: string | null;
                view?: string | null;
            };
            header?: never;
            path: {
                app_key: string;
                entity_key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["engine__runtime__listing__Total"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    post_distinct_api_apps__app_key__entities__entity_key__records_distinct_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_key: string;
                entity_key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Distinct"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValueList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    post_pivot_api_apps__app_key__entities__entity_key__records_pivot_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_key: string;
                entity_key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Pivot"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PivotTable"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    post_query_api_apps__app_key__entities__entity_key__records_query_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_key: string;
                entity_key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordQuery"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueryPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    post_upsert_api_apps__app_key__entities__entity_key__records_upsert_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the client for this request: sent again with the same key, it has the effect and the answer of the first time. With another body it is refused (422). */
                "Idempotency-Key"?: string;
            };
            path: {
                app_key: string;
                entity_key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpsertBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_form_api_apps__app_key__forms__form_key__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_key: string;
                form_key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FormView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    create_draft_api_apps__app_key__forms__form_key__drafts_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the client for this request: sent again with the same key, it has the effect and the answer of the first time. With another body it is refused (422). */
                "Idempotency-Key"?: string;
            };
            path: {
                app_key: string;
                form_key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ValuesBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    evaluate_api_apps__app_key__forms__form_key__evaluate_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_key: string;
                form_key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EvaluateBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Evaluation"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    submit_form_api_apps__app_key__forms__form_key__submissions_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the client for this request: sent again with the same key, it has the effect and the answer of the first time. With another body it is refused (422). */
                "Idempotency-Key"?: string;
            };
            path: {
                app_key: string;
                form_key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubmitBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Submitted"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_audit_api_audit_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_calendars_api_calendars_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    save_api_calendars__calendar_key__put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                calendar_key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CalendarDefinition"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    remove_api_calendars__calendar_key__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                calendar_key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    upload_api_calendars__calendar_key__holidays_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                calendar_key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HolidaysBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_directory_api_directory_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DirectoryView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    list_drafts_api_drafts_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_draft_api_drafts__draft_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draft_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    replace_draft_api_drafts__draft_id__put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draft_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ValuesBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    discard_draft_api_drafts__draft_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draft_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    upload_api_files_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    download_api_files__file_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_functions_api_formula_functions_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FunctionList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_box_api_inbox__box__get: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                order?: "latest" | "due";
                q?: string;
            };
            header?: never;
            path: {
                box: "todo" | "started" | "handled" | "copied";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_counts_api_inbox_counts_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxCounts"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_one_instance_api_instances__instance_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                instance_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    read_instance_api_instances__instance_id__read_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                instance_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    retry_node_api_instances__instance_id__retry_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the client for this request: sent again with the same key, it has the effect and the answer of the first time. With another body it is refused (422). */
                "Idempotency-Key"?: string;
            };
            path: {
                instance_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RetryBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceBrief"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    withdraw_instance_api_instances__instance_id__withdraw_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the client for this request: sent again with the same key, it has the effect and the answer of the first time. With another body it is refused (422). */
                "Idempotency-Key"?: string;
            };
            path: {
                instance_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommentBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceBrief"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    list_keys_api_keys_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    make_key_api_keys_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewKey"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    revoke_key_api_keys__key_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    show_session_api_session_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    end_session_api_session_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    use_sign_in_link_api_session_link_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    act_as_api_session_person_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_one_task_api_tasks__task_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    act_on_task_api_tasks__task_id__act_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the client for this request: sent again with the same key, it has the effect and the answer of the first time. With another body it is refused (422). */
                "Idempotency-Key"?: string;
            };
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceBrief"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_workspace_api_workspace_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    change_workspace_api_workspace_patch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingsChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
}
